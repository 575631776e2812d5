namespace Marathon.Controller.Runs;

/// <summary>There is no such run.</summary>
public sealed class RunNotFoundException(string runId) : Exception($"there is no run '{runId}'; marathon list, or GET /api/runs, shows those that there are")
{
    /// <summary>The id that was asked for.</summary>
    public string RunId { get; } = runId;
}
