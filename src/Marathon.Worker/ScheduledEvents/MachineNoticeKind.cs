namespace Marathon.Worker.ScheduledEvents;

/// <summary>Kinds of scheduled events, in the platform's terms.</summary>
public enum MachineNoticeKind
{
    /// <summary>A spot machine is evicted. At least 30 s of notice, as a rule.</summary>
    Preempt,

    /// <summary>The machine is deleted.</summary>
    Terminate,

    /// <summary>The machine restarts.</summary>
    Reboot,

    /// <summary>The machine moves to another host; what is not on a disk is lost.</summary>
    Redeploy,

    /// <summary>The machine stands still for some seconds.</summary>
    Freeze,
}
