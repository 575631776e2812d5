using Marathon.Cli.Storage;
using Marathon.Controller.Storage;

namespace Marathon.Cli.Faults;

/// <summary>The faults of a run, a file each.</summary>
internal static class FaultFiles
{
    /// <summary>Null when no fault of that id was begun.</summary>
    public static Task<FaultFile?> TryReadAsync(RunFolder run, string faultId, CancellationToken cancellationToken) =>
        JsonFile.ReadAsync<FaultFile>(PathOf(run, faultId), cancellationToken);

    /// <summary>Keeps it.</summary>
    public static Task WriteAsync(RunFolder run, FaultFile fault, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(run.Faults);
        return JsonFile.WriteAsync(PathOf(run, fault.Id), fault, cancellationToken);
    }

    /// <summary>Brokers that a fault holds down and that nobody has healed yet.</summary>
    public static async Task<IReadOnlySet<int>> StruckBrokersAsync(RunFolder run, CancellationToken cancellationToken)
    {
        HashSet<int> struck = [];
        foreach (string file in Directory.Exists(run.Faults) ? Directory.EnumerateFiles(run.Faults, "*.json") : [])
        {
            if (await JsonFile.ReadAsync<FaultFile>(file, cancellationToken) is { HealedAt: null } open)
            {
                struck.Add(open.BrokerId);
            }
        }

        return struck;
    }

    // Fault ids are made by orchestrators: anything that is no plain name would leave the folder.
    private static string PathOf(RunFolder run, string faultId) =>
        faultId.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? Path.Combine(run.Faults, faultId + ".json")
            : throw new ArgumentException($"'{faultId}' is no fault id: letters, digits, - and _ only", nameof(faultId));
}
