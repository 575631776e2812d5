namespace Marathon.Reports.Rendering;

/// <summary>What became of a lie, in words.</summary>
internal static class LieResult
{
    public static string Of(LieReport lie) => lie switch
    {
        { Committed: 0 } => "never told",
        { Detected: 0 } => "missed",
        _ when lie.Detected < lie.Committed => "partly caught",
        _ => "caught",
    };
}
