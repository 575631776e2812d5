namespace Marathon.Cli.Logging;

/// <summary>Formats entries, and finds the run that an entry names.</summary>
internal sealed class RunLogger(RunLoggerProvider provider, string category) : ILogger
{
    private const string RunIdProperty = "RunId";

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        string? runId = (state as IEnumerable<KeyValuePair<string, object?>>)?.FirstOrDefault(p => p.Key == RunIdProperty).Value as string;
        provider.Write(runId, $"{logLevel,-11} {category}: {formatter(state, exception)}{(exception is null ? "" : Environment.NewLine + exception)}");
    }
}
