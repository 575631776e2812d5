using Marathon.Faults;

namespace Marathon.Scenarios.Toolkit;

/// <summary>What is broken on purpose. What a stage leaves broken is healed in cleanup, and while the run is paused.</summary>
public interface IFaults
{
    /// <summary>Injects a fault and makes sure that it took effect.</summary>
    Task<FaultRecord> InjectAsync(FaultSpec fault);

    /// <summary>Heals it and waits until the broker serves again.</summary>
    Task<FaultRecord> HealAsync(FaultRecord fault);
}
