using System.Globalization;
using Marathon.Configuration;
using Marathon.Faults;

namespace Marathon.Cli.Running;

/// <summary>Parts of a run's progress as text.</summary>
internal static class ProgressText
{
    /// <summary>Three digits or so; a dash where nothing was measured.</summary>
    public static string Milliseconds(double? value) => value switch
    {
        null => "-",
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{value:0.00} ms"),
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{value:0.0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value:N0} ms"),
    };

    /// <summary>Kinds with their counts.</summary>
    public static string Anomalies(RunProgress progress)
    {
        string[] kinds = [.. progress.Counters.Anomalies.Where(a => a.Value > 0).Select(a => $"{a.Key} {a.Value.ToString("N0", CultureInfo.InvariantCulture)}")];
        return kinds.Length == 0 ? "none" : string.Join(", ", kinds);
    }

    /// <summary>Faults so far; empty where there are none.</summary>
    public static string Faults(RunProgress progress) => string.Join(", ", (progress.Run.Faults ?? []).Select(Fault));

    private static string Fault(FaultRecord fault) =>
        $"{EnumText.Name(fault.Spec.Action)} of broker {fault.BrokerId} ({EnumText.Name(fault.Spec.Role)}){(fault.HealedAt is null ? "" : ", healed")}";
}
