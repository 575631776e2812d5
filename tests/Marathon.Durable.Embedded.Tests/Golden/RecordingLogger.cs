using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Marathon.Durable.Embedded.Tests.Golden;

/// <summary>Keeps what is logged, by category.</summary>
public sealed class RecordingLogger : ILoggerFactory
{
    private readonly ConcurrentQueue<(string Category, string Message)> _messages = new();

    public IEnumerable<string> Of(string category) => _messages.Where(entry => entry.Category == category).Select(entry => entry.Message);

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private sealed class Category(RecordingLogger owner, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            owner._messages.Enqueue((name, formatter(state, exception)));
    }
}
