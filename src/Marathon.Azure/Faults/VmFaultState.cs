namespace Marathon.Azure.Faults;

/// <summary>How far a <see cref="VmFaultOperation"/> is.</summary>
public enum VmFaultState
{
    /// <summary>Under way: poll it.</summary>
    Running,

    /// <summary>It has taken effect, or is healed.</summary>
    Succeeded,

    /// <summary>The platform would not.</summary>
    Failed,

    /// <summary>The machine is not there any more, so nothing can be brought about.</summary>
    Gone,
}
