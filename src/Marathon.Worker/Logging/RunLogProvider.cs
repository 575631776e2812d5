using System.Text;

namespace Marathon.Worker.Logging;

/// <summary>
/// Writes the log into a file, every line at once, for the last lines before a crash are those that matter. At a size the
/// file becomes <c>….1</c> and a new one begins, so that a soak of weeks does not fill the disk.
/// </summary>
public sealed class RunLogProvider : ILoggerProvider
{
    /// <summary>Size at which a new file begins.</summary>
    public const long DefaultMaximumBytes = 32 << 20;

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly TimeProvider _clock;
    private readonly long _maximumBytes;
    private StreamWriter? _writer;

    public RunLogProvider(string path, TimeProvider clock, long maximumBytes = DefaultMaximumBytes)
    {
        (_path, _clock, _maximumBytes) = (path, clock, maximumBytes);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _writer = Open();
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new RunLogger(this, categoryName[(categoryName.LastIndexOf('.') + 1)..]);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _writer?.Dispose();
            _writer = null;
        }
    }

    private void Write(LogLevel level, string category, string message, Exception? exception)
    {
        lock (_lock)
        {
            if (_writer is null)
                return;
            _writer.Write($"{_clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {level} {category}: {message.ReplaceLineEndings(" ")}\n");
            if (exception is not null)
                _writer.Write($"  {exception.ToString().ReplaceLineEndings("\n  ")}\n");
            _writer.Flush();
            if (_writer.BaseStream.Length < _maximumBytes)
                return;

            _writer.Dispose();
            File.Move(_path, _path + ".1", overwrite: true);
            _writer = Open();
        }
    }

    private StreamWriter Open() => new(new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete), new UTF8Encoding(false));

    private sealed class RunLogger(RunLogProvider provider, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and < LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                provider.Write(logLevel, category, formatter(state, exception), exception);
        }
    }
}
