using System.Text.RegularExpressions;

namespace Marathon.Azure.Arm;

/// <summary>Tells an error that another size, zone or priority may get round from one that it will not.</summary>
public static partial class CapacityError
{
    private static readonly HashSet<string> s_codes = new(StringComparer.OrdinalIgnoreCase)
    {
        "AllocationFailed",
        "OverconstrainedAllocationRequest",
        "OverconstrainedZonalAllocationRequest",
        "SkuNotAvailable",
        "ZonalAllocationFailed",
    };

    /// <summary>Whether there is no capacity or no quota for what was asked.</summary>
    public static bool Is(ArmError error) => s_codes.Contains(error.Code) || IsQuota(error);

    /// <summary>Whether a quota of the subscription is used up. Compute says so with either of two codes.</summary>
    public static bool IsQuota(ArmError error) =>
        string.Equals(error.Code, "QuotaExceeded", StringComparison.OrdinalIgnoreCase) ||
        (string.Equals(error.Code, "OperationNotAllowed", StringComparison.OrdinalIgnoreCase) &&
         error.Message.Contains("quota", StringComparison.OrdinalIgnoreCase));

    /// <summary>Which quota, from the message; null where it does not tell.</summary>
    public static QuotaShortage? Quota(ArmError error)
    {
        if (!IsQuota(error)) return null;
        Match name = QuotaName().Match(error.Message);
        return name.Success
            ? new QuotaShortage(name.Groups[1].Value, Number(CurrentLimit(), error), Number(CurrentUsage(), error), Number(NewLimit(), error))
            : null;
    }

    private static int? Number(Regex pattern, ArmError error) =>
        pattern.Match(error.Message) is { Success: true } match && int.TryParse(match.Groups[1].ValueSpan, out int number) ? number : null;

    [GeneratedRegex(@"exceeding approved (.{1,80}?) quota", RegexOptions.IgnoreCase)]
    private static partial Regex QuotaName();

    [GeneratedRegex(@"Current Limit: (\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex CurrentLimit();

    [GeneratedRegex(@"Current Usage: (\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex CurrentUsage();

    [GeneratedRegex(@"New Limit Required: (\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex NewLimit();
}
