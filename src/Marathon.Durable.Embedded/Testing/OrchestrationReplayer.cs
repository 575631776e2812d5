using Marathon.Durable.Embedded.Engine;
using Marathon.Durable.Embedded.Replay;
using Marathon.Durable.History;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marathon.Durable.Embedded;

/// <summary>
/// Replays recorded histories against today's orchestrators: an orchestration that an earlier build began must be able to
/// go on with this one. Activities do not run; their results come from the history.
/// </summary>
/// <param name="registry">Today's orchestrators.</param>
/// <param name="services">What they are created from.</param>
public sealed class OrchestrationReplayer(DurableTaskRegistry registry, IServiceProvider? services = null)
{
    private readonly EpisodeSettings _settings = new(
        registry, services ?? EmptyServices.Instance, JsonDataConverter.Default, NullLoggerFactory.Instance,
        new EmbeddedDurableOptions { Registry = registry }.MaximumTimerInterval, NullLogger.Instance);

    /// <param name="history">The whole history of one execution, whether it has ended or not.</param>
    /// <exception cref="ArgumentException">The history does not begin with the start of an execution.</exception>
    /// <exception cref="NonDeterministicOrchestrationException">Today's code does something else; an orchestration of that build would fail.</exception>
    public void Replay(IReadOnlyList<HistoryEvent> history)
    {
        ExecutionStartedEvent started = history.Take(2).OfType<ExecutionStartedEvent>().FirstOrDefault()
            ?? throw new ArgumentException("The history does not begin with the start of an execution.", nameof(history));
        InstanceHead head = new(0, started.InstanceId, started.ExecutionId, started.Name) { Parent = started.Parent };
        new Episode(_settings, head).Verify(history);
    }
}
