namespace Marathon.Cli.Processes;

/// <summary>Processes in a session of their own: neither the end of this process nor the terminal's signals reach them.</summary>
internal static class DetachedProcess
{
    /// <summary>Puts what follows into a session of its own.</summary>
    public static string[] OwnSession { get; } = ExecutablePath.Find("setsid") is { } setsid ? [setsid] : [];

    /// <summary>Starts it, or finds the one that was started before, alive or not.</summary>
    /// <exception cref="IOException">The pid file or the log cannot be written.</exception>
    public static Task<ProcessIdentity> StartAsync(ProcessLaunch launch, CancellationToken cancellationToken) =>
        launch.StartAsync(OwnSession, cancellationToken);
}
