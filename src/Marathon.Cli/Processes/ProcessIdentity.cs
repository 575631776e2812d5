using System.Diagnostics;
using System.Globalization;

namespace Marathon.Cli.Processes;

/// <summary>A process for ever: its id together with its start, so that an id that was given to another process is not mistaken for it.</summary>
/// <param name="Pid">Process id.</param>
/// <param name="Start">
/// On Linux <c>boot id:clock ticks since boot</c>, from /proc; elsewhere <c>utc:seconds</c>. Only to be compared.
/// </param>
public sealed record ProcessIdentity(int Pid, string Start)
{
    private const string UtcPrefix = "utc:";

    /// <summary>This process.</summary>
    public static ProcessIdentity Current { get; } =
        Of(Environment.ProcessId) ?? throw new InvalidOperationException("This process cannot be found by its own id.");

    /// <summary>True while the process runs. One that ended and was not waited for yet is not alive.</summary>
    public bool IsAlive => Of(Pid) is { } now && now.IsSameStart(Start);

    /// <summary>The living process of that id; null when there is none.</summary>
    public static ProcessIdentity? Of(int pid)
    {
        if (OperatingSystem.IsLinux())
        {
            return ProcStat.TryRead(pid) is { IsZombie: false } stat ? new ProcessIdentity(pid, stat.Start) : null;
        }

        try
        {
            using Process process = Process.GetProcessById(pid);
            return process.HasExited ? null : new ProcessIdentity(pid, UtcStart(process.StartTime.ToUniversalTime()));
        }
        catch (ArgumentException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>For a process of which only the time of its start is known, to a second or two.</summary>
    internal static string UtcStart(DateTime startedAtUtc) =>
        UtcPrefix + new DateTimeOffset(startedAtUtc).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    // The clock of a start in seconds is read twice, and rounds twice.
    private bool IsSameStart(string start) =>
        Start == start ||
        (Seconds(Start) is { } a && Seconds(start) is { } b && Math.Abs(a - b) <= 2);

    private static long? Seconds(string start) =>
        start.StartsWith(UtcPrefix, StringComparison.Ordinal) && long.TryParse(start.AsSpan(UtcPrefix.Length), CultureInfo.InvariantCulture, out long seconds)
            ? seconds
            : null;
}
