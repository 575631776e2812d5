using Marathon.Controller.Load;
using Marathon.Workers.Commands;

namespace Marathon.Controller.Activities;

/// <summary>Input of <see cref="Publish"/>.</summary>
/// <param name="RunId">The run.</param>
/// <param name="CommandId">Makes each worker do it once, however often it is sent.</param>
/// <param name="Command">The command.</param>
public sealed record PublishRequest(string RunId, string CommandId, WorkerCommand Command)
{
    /// <summary>Workers that have acknowledged already.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];

    /// <summary>With stop: how long a worker waits for outstanding sends.</summary>
    public TimeSpan Flush { get; init; } = WorkerCalls.Flush;
}
