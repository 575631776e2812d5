namespace Marathon.Worker.Lifetime;

/// <summary>Writes down why a process dies of what nobody caught.</summary>
public sealed class CrashLog : IDisposable
{
    private readonly ILogger _logger;

    public CrashLog(ILogger logger)
    {
        _logger = logger;
        AppDomain.CurrentDomain.UnhandledException += Unhandled;
        TaskScheduler.UnobservedTaskException += Unobserved;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        AppDomain.CurrentDomain.UnhandledException -= Unhandled;
        TaskScheduler.UnobservedTaskException -= Unobserved;
    }

    private void Unhandled(object sender, UnhandledExceptionEventArgs e) => _logger.Crashed(e.ExceptionObject as Exception);

    private void Unobserved(object? sender, UnobservedTaskExceptionEventArgs e)
    {
        _logger.TaskFailedUnobserved(e.Exception);
        e.SetObserved();
    }
}
