using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Marathon.Cli.Processes;

/// <summary>Signals to processes that are known by identity: one that reused the id never gets any.</summary>
internal static partial class ProcessSignals
{
    private const int NoSuchProcess = 3;
    private const int PidfdOpen = 434;
    private const int PidfdSendSignal = 424;

    /// <summary>Sends it; false when the process has ended.</summary>
    /// <exception cref="Win32Exception">The system refused, for lack of rights say.</exception>
    public static bool Send(this ProcessIdentity process, Signal signal)
    {
        if (!OperatingSystem.IsLinux())
        {
            return process.IsAlive && Succeeded(Kill(process.Pid, Number(signal)));
        }

        // The descriptor holds on to this very process; only then is it asked whether it is the one that is meant.
        int descriptor = (int)Syscall(PidfdOpen, process.Pid, 0, 0, 0);
        if (!Succeeded(descriptor))
        {
            return false;
        }

        using Microsoft.Win32.SafeHandles.SafeFileHandle closes = new(descriptor, ownsHandle: true);
        return process.IsAlive && Succeeded(Syscall(PidfdSendSignal, descriptor, Number(signal), 0, 0));
    }

    /// <summary>Waits until the process has ended; false when it has not by then.</summary>
    public static async Task<bool> WaitForEndAsync(this ProcessIdentity process, TimeSpan within, CancellationToken cancellationToken)
    {
        long since = TimeProvider.System.GetTimestamp();
        for (TimeSpan pause = TimeSpan.FromMilliseconds(5); process.IsAlive; pause = pause < TimeSpan.FromMilliseconds(100) ? pause * 2 : pause)
        {
            if (TimeProvider.System.GetElapsedTime(since) > within)
            {
                return false;
            }

            await Task.Delay(pause, cancellationToken);
        }

        return true;
    }

    /// <summary>SIGKILL, and the wait for the end of it.</summary>
    public static async Task KillAsync(this ProcessIdentity process, CancellationToken cancellationToken)
    {
        if (process.Send(Signal.Kill) && !await process.WaitForEndAsync(TimeSpan.FromSeconds(30), cancellationToken))
        {
            throw new TimeoutException($"process {process.Pid} does not end although it was killed");
        }
    }

    /// <summary>SIGTERM, then SIGKILL for one that has not ended in time. A stopped process is woken so that it can end.</summary>
    public static async Task TerminateAsync(this ProcessIdentity process, TimeSpan grace, CancellationToken cancellationToken)
    {
        if (!process.Send(Signal.Terminate))
        {
            return;
        }

        process.Send(Signal.Continue);
        if (!await process.WaitForEndAsync(grace, cancellationToken))
        {
            await process.KillAsync(cancellationToken);
        }
    }

    private static int Number(Signal signal) => signal switch
    {
        Signal.Stop => OperatingSystem.IsLinux() ? 19 : 17,
        Signal.Continue => OperatingSystem.IsLinux() ? 18 : 19,
        Signal.User1 => OperatingSystem.IsLinux() ? 10 : 30,
        _ => (int)signal,
    };

    private static bool Succeeded(long result)
    {
        if (result >= 0)
        {
            return true;
        }

        int error = Marshal.GetLastPInvokeError();
        return error == NoSuchProcess ? false : throw new Win32Exception(error);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Syscall(nint number, nint a, nint b, nint c, nint d);
}
