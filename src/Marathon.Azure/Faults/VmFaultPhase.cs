namespace Marathon.Azure.Faults;

/// <summary>What is being done about a fault.</summary>
public enum VmFaultPhase
{
    /// <summary>It is brought about.</summary>
    Inject,

    /// <summary>It is ended.</summary>
    Heal,
}
