namespace Marathon.Azure.ScheduledEvents;

/// <summary>What is about to be done to this machine.</summary>
/// <param name="EventId">Its id; to be given back when it is acknowledged.</param>
/// <param name="Kind">What it is.</param>
/// <param name="NotBefore">It will not happen earlier; null when it has begun.</param>
/// <param name="Description">The platform's words.</param>
public sealed record MachineNotice(string EventId, MachineNoticeKind Kind, DateTimeOffset? NotBefore, string Description)
{
    /// <summary>The machine and all on it will be gone.</summary>
    public bool IsTheEnd => Kind is MachineNoticeKind.Preempt or MachineNoticeKind.Terminate;
}
