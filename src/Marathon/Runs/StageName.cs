namespace Marathon.Runs;

/// <summary>The four stages of a scenario.</summary>
public enum StageName
{
    /// <summary>Brings up what the workload needs.</summary>
    Prepare,

    /// <summary>Load that is not measured.</summary>
    Warmup,

    /// <summary>The test itself.</summary>
    Workload,

    /// <summary>Takes away what the others made; always runs.</summary>
    Cleanup,
}
