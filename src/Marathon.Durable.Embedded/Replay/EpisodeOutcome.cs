using Marathon.Durable.History;

namespace Marathon.Durable.Embedded.Replay;

/// <summary>All that one episode changes. It is committed as a whole or not at all.</summary>
internal sealed record EpisodeOutcome(IReadOnlyList<HistoryEvent> NewHistory, OrchestrationRuntimeStatus Status)
{
    public IReadOnlyCollection<OrchestratorAction> Actions { get; init; } = [];

    public IReadOnlySet<int> CancelledTimers { get; init; } = new HashSet<int>();

    /// <summary>Null keeps the stored one: a terminated instance has not run.</summary>
    public CustomStatusChange? CustomStatus { get; init; }

    public string? Output { get; init; }

    public TaskFailureDetails? Failure { get; init; }

    /// <summary>Set when the instance begins again with an empty history.</summary>
    public NextGeneration? Next { get; init; }

    /// <summary>Set when the instance was terminated; whether its children are to be.</summary>
    public bool TerminatesChildren { get; init; }

    public bool IsTerminal => Status is OrchestrationRuntimeStatus.Completed
        or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;
}

internal sealed record CustomStatusChange(string? Serialized);
