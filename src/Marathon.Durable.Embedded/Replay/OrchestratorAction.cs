namespace Marathon.Durable.Embedded.Replay;

/// <summary>Something an orchestrator asked for. The id is its place in the one sequence of all actions.</summary>
internal abstract record OrchestratorAction(int Id)
{
    /// <summary>What a history calls it in a message about non-determinism.</summary>
    public abstract string Kind { get; }
}

internal sealed record CallActivity(int Id, string Name, string? Input) : OrchestratorAction(Id)
{
    public override string Kind => "ScheduleTaskOrchestratorAction";
}

internal sealed record CreateTimer(int Id, DateTime FireAt) : OrchestratorAction(Id)
{
    public override string Kind => "CreateTimerOrchestratorAction";
}

internal sealed record CallSubOrchestrator(int Id, string Name, string InstanceId, string? Input) : OrchestratorAction(Id)
{
    public override string Kind => "CreateSubOrchestrationAction";
}

internal sealed record SendEvent(int Id, string InstanceId, string Name, string? Input) : OrchestratorAction(Id)
{
    public override string Kind => "SendEventOrchestratorAction";
}
