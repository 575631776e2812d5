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
}
