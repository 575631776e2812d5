namespace Marathon.Worker.ScheduledEvents;

/// <summary>What is about to be done to this machine.</summary>
/// <param name="EventId">Its id; to be given back when it is acknowledged.</param>
/// <param name="Kind">What it is.</param>
/// <param name="NotBefore">It will not happen earlier; null when it has begun.</param>
/// <param name="Description">The platform's words.</param>
public sealed record MachineNotice(string EventId, MachineNoticeKind Kind, DateTimeOffset? NotBefore, string Description)
{
    /// <summary>No process of the machine will live through it.</summary>
    public bool IsTheEnd => Kind is not MachineNoticeKind.Freeze;
}
