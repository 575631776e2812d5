using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Marathon.Azure.Fleets;

/// <summary>Names and tags by which a run's resources are found again. Made from the run id alone: that is what makes calls idempotent.</summary>
public static class FleetNames
{
    /// <summary>Tag: the run.</summary>
    public const string RunTag = "marathon-run";

    /// <summary>Tag: when it may be removed at the latest, RFC 3339.</summary>
    public const string ExpiresTag = "marathon-expires";

    /// <summary>Tag: who answers for it.</summary>
    public const string OwnerTag = "marathon-owner";

    private const string MachinesPrefix = "run-", ControllerPrefix = "controller-";

    // Machines are called after their set, "_" and 8 characters, and may have 64.
    private const int MaxRunPart = 40;

    /// <summary>Name of a run's scale set.</summary>
    public static string ScaleSet(string runId, int placement) => $"mw-{Short(runId)}-{placement}";

    /// <summary>The set that a machine belongs to, by its name; null when it is none of ours.</summary>
    public static string? ScaleSetOf(string machine) =>
        machine.StartsWith("mw-", StringComparison.Ordinal) && machine.LastIndexOf('_') is > 3 and var end ? machine[..end] : null;

    /// <summary>Whether a set or machine with this name is the run's.</summary>
    public static bool Belongs(string name, string runId) => name.StartsWith($"mw-{Short(runId)}-", StringComparison.Ordinal);

    /// <summary>
    /// Name of the secret that holds the run's token for the machines of an attempt; it goes with them. A vault keeps a name
    /// that was deleted, and gives it to nobody for days: so the next attempt has one of its own.
    /// </summary>
    public static string Secret(string runId, int attempt) => string.Create(CultureInfo.InvariantCulture, $"{MachinesPrefix}{runId}-{attempt}");

    /// <summary>Whether a secret is for the machines of a run, whichever attempt's.</summary>
    public static bool IsSecretOf(string name, string runId) =>
        name.StartsWith(MachinesPrefix, StringComparison.Ordinal) && RunOfSecret(name) == runId;

    /// <summary>Name of the secret that holds the run's token for the controller; it stays as long as the run lives.</summary>
    public static string ControllerSecret(string runId) => ControllerPrefix + runId;

    /// <summary>The run that a secret of ours is of; null for those of others.</summary>
    public static string? RunOfSecret(string name) =>
        name.StartsWith(MachinesPrefix, StringComparison.Ordinal) && name.LastIndexOf('-') is var end && end > MachinesPrefix.Length ? name[MachinesPrefix.Length..end]
        : name.StartsWith(ControllerPrefix, StringComparison.Ordinal) ? name[ControllerPrefix.Length..]
        : null;

    private static string Short(string runId)
    {
        if (runId.Length == 0 || !runId.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            throw new ArgumentException($"run id '{runId}' may hold lower-case letters, digits and hyphens alone", nameof(runId));
        if (runId.Length <= MaxRunPart) return runId;
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(runId)))[..8];
        return $"{runId[..(MaxRunPart - 9)]}-{hash}";
    }
}
