namespace Marathon.Cli.Processes;

/// <summary>POSIX signals whose numbers are the same everywhere, and those that are not.</summary>
public enum Signal
{
    /// <summary>SIGINT.</summary>
    Interrupt = 2,

    /// <summary>SIGKILL.</summary>
    Kill = 9,

    /// <summary>SIGTERM.</summary>
    Terminate = 15,

    /// <summary>SIGSTOP.</summary>
    Stop = -1,

    /// <summary>SIGCONT.</summary>
    Continue = -2,

    /// <summary>SIGUSR1: a worker takes it as notice of preemption.</summary>
    User1 = -3,
}
