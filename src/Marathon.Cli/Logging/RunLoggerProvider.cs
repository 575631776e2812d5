using System.Collections.Concurrent;
using Marathon.Controller.Storage;

namespace Marathon.Cli.Logging;

/// <summary>
/// Writes the controller's log into files: what names a run into that run's <c>logs/controller.log</c>, the rest into
/// <c>controller.log</c> of the data folder.
/// </summary>
internal sealed class RunLoggerProvider(DataFolder data, TimeProvider clock) : ILoggerProvider
{
    private readonly ConcurrentDictionary<string, Lazy<LogFile>> files = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new RunLogger(this, categoryName);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Lazy<LogFile> file in files.Values)
        {
            file.Value.Dispose();
        }
    }

    internal void Write(string? runId, string line)
    {
        string folder = runId is not null && Directory.Exists(data.Run(runId)) ? data.Logs(runId) : data.Root;
        files.GetOrAdd(folder, f => new Lazy<LogFile>(() => new LogFile(Path.Combine(f, "controller.log")))).Value
            .WriteLine($"{clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {line}");
    }
}
