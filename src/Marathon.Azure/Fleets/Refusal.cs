using Marathon.Azure.Arm;

namespace Marathon.Azure.Fleets;

/// <summary>Why a placement has no room.</summary>
/// <param name="Code">Compute's code.</param>
/// <param name="Message">Compute's message.</param>
internal sealed record Refusal(string Code, string Message)
{
    public static Refusal Of(ArmError error) => new(error.Code, error.Message);

    public QuotaShortage? Quota => CapacityError.Quota(new ArmError(0, Code, Message));

    /// <summary>Whether a refusal for one placement holds for another as well, so that it need not be tried.</summary>
    public bool Covers(Placement refused, Placement other) => Quota switch
    {
        { CoversAllSpot: true } => other.Spot,
        { CoversAllRegular: true } => !other.Spot,
        // The quota of a family of sizes is the region's: another zone has no more of it.
        not null => refused.Size == other.Size && refused.Spot == other.Spot,
        null => refused.Index == other.Index,
    };
}
