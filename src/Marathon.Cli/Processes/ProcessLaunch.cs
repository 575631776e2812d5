using System.Diagnostics;

namespace Marathon.Cli.Processes;

/// <summary>
/// A process that is to be started at most once: it leaves its identity in a pid file before it becomes what it is,
/// and where that file is already there it does not start.
/// </summary>
/// <param name="PidFile">Where it leaves its identity.</param>
/// <param name="LogFile">Takes what it writes to stdout and stderr, behind what is there.</param>
/// <param name="Folder">Its working directory.</param>
/// <param name="FileName">The program.</param>
/// <param name="Arguments">Its arguments: seen by every user of the machine, so never a secret.</param>
public sealed record ProcessLaunch(string PidFile, string LogFile, string Folder, string FileName, IReadOnlyList<string> Arguments)
{
    // The shell writes its own identity, and exec keeps it. ln makes the file whole or not at all.
    private const string Script = """
        pid=$1 log=$2; shift 2
        if [ -r /proc/$$/stat ]; then cat /proc/$$/stat /proc/sys/kernel/random/boot_id; else echo $$; fi >"$pid.$$" || exit 74
        ln "$pid.$$" "$pid" 2>/dev/null; linked=$?
        rm -f "$pid.$$"
        [ $linked = 0 ] || exit 75
        trap '' HUP
        exec "$@" </dev/null >>"$log" 2>&1
        """;

    /// <summary>Added to our own environment; the place for secrets.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Starts it, or finds the one that was started before under the same pid file, alive or not. The process is made
    /// before the first wait, hence by the thread that calls.
    /// </summary>
    /// <param name="wrapper">A program, with its arguments, that prepares the process and then becomes it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IOException">The pid file or the log cannot be written.</exception>
    internal async Task<ProcessIdentity> StartAsync(IReadOnlyList<string> wrapper, CancellationToken cancellationToken)
    {
        if (Processes.PidFile.TryRead(PidFile) is { } earlier)
        {
            return earlier;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(PidFile)!);
        Directory.CreateDirectory(Path.GetDirectoryName(LogFile)!);
        File.AppendAllText(LogFile, "");
        using Process shell = Process.Start(Describe(wrapper)) ?? throw new InvalidOperationException("The shell did not start.");
        while (true)
        {
            bool ended = shell.HasExited;
            if (Processes.PidFile.TryRead(PidFile) is { } identity)
            {
                return identity;
            }

            if (ended)
            {
                throw new IOException($"{FileName} was not started: {PidFile} cannot be written");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), cancellationToken);
        }
    }

    private ProcessStartInfo Describe(IReadOnlyList<string> wrapper)
    {
        ProcessStartInfo info = new("/bin/sh") { WorkingDirectory = Folder, UseShellExecute = false };
        foreach (string argument in (string[])["-c", Script, "sh", PidFile, LogFile, .. wrapper, FileName, .. Arguments])
        {
            info.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in Environment)
        {
            info.Environment[name] = value;
        }

        // The runtime's diagnostics socket stays behind in the temporary folder when a process is killed.
        info.Environment.TryAdd("DOTNET_EnableDiagnostics", "0");
        return info;
    }
}
