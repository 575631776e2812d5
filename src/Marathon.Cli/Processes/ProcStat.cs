using System.Globalization;

namespace Marathon.Cli.Processes;

/// <summary>What /proc tells about a process.</summary>
/// <param name="Start">Boot id and clock ticks since boot.</param>
/// <param name="State">One letter: R, S, T (stopped), Z (ended, not waited for).</param>
internal sealed record ProcStat(string Start, char State)
{
    private static readonly Lazy<string> BootId = new(() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim());

    /// <summary>It has ended and only its parent's wait is missing.</summary>
    public bool IsZombie => State is 'Z' or 'X';

    /// <summary>Stopped by SIGSTOP.</summary>
    public bool IsStopped => State is 'T' or 't';

    /// <summary>Null when there is no such process.</summary>
    public static ProcStat? TryRead(int pid)
    {
        try
        {
            return Parse(File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat")), BootId.Value);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Reads a line of /proc/PID/stat. The name, in parentheses, may hold anything, parentheses too.</summary>
    public static ProcStat? Parse(string line, string bootId)
    {
        int name = line.LastIndexOf(')');
        string[] fields = name < 0 ? [] : line[(name + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        const int startTime = 22 - 3;
        return fields.Length > startTime ? new ProcStat($"{bootId}:{fields[startTime]}", fields[0][0]) : null;
    }
}
