namespace Marathon.Scenarios.ExactlyOncePipeline;

/// <summary>Exactly-once-pipeline has no keys of its own; it asks for pipelines, and aborts more transactions.</summary>
public sealed record ExactlyOncePipelineConfig : WorkloadConfig
{
    /// <summary>With exactly-once, one pipeline per worker, and every tenth transaction aborted.</summary>
    public ExactlyOncePipelineConfig()
    {
        Guarantee = Workers.Load.Guarantee.ExactlyOnce;
        Pipelines = 1;
        TransactionAbortShare = 0.1;
        RatePerSecond = new(2_000);
    }
}
