namespace Marathon.Controller.Orchestrations;

/// <summary>What a run can tell its stage.</summary>
public enum StageSignalKind
{
    /// <summary>The pending toolkit call, and every later one, throws.</summary>
    Interrupt,

    /// <summary>Rate 0, faults healed, clocks stand still.</summary>
    Pause,

    /// <summary>On from there.</summary>
    Resume,

    /// <summary>Another offered load.</summary>
    Throughput,
}
