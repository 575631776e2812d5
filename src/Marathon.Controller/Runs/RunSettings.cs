namespace Marathon.Controller.Runs;

/// <summary>Time limits of a run. They travel in the orchestration's input, so a replay sees what the first execution saw.</summary>
public sealed record RunSettings
{
    /// <summary>Limit of the prepare stage: cluster, topics, workers, clients.</summary>
    public TimeSpan PrepareWithin { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Limit of the warm-up; null is what its configuration adds up to and <see cref="StageSlack"/>.</summary>
    public TimeSpan? WarmupWithin { get; init; }

    /// <summary>Limit of the workload; null is what its configuration adds up to and <see cref="StageSlack"/>.</summary>
    public TimeSpan? WorkloadWithin { get; init; }

    /// <summary>Limit of the whole run, all attempts, pauses and waits between them included; null is none.</summary>
    public TimeSpan? RunWithin { get; init; }

    /// <summary>What warm-up and workload may take beyond the time their configuration adds up to.</summary>
    public TimeSpan StageSlack { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Limit of the cleanup stage, the one interrupt that it knows.</summary>
    public TimeSpan CleanupWithin { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Limit of stopping, draining and joining after the stages.</summary>
    public TimeSpan VerifyWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long an interrupted stage may take to end before it is terminated.</summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an interrupted run may drain before its verdict.</summary>
    public TimeSpan InterruptedDrainWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the producers of an interrupted run may wait for outstanding sends.</summary>
    public TimeSpan InterruptedFlush { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the fleet and the cluster are looked at.</summary>
    public TimeSpan WatchInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a condition is asked about.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A worker whose last heartbeat is older than this is lost: three that were missed.</summary>
    public TimeSpan HeartbeatTimeout { get; init; } = TimeSpan.FromSeconds(3.5);

    /// <summary>The same for a worker whose process is seen to run: on a busy machine its heartbeats come late.</summary>
    public TimeSpan RunningHeartbeatTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a started worker may take to register before it counts as lost.</summary>
    public TimeSpan RegisterWithin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the ends of partitions must not move before consumers count as drained.</summary>
    public TimeSpan StableFor { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Below this many living workers the attempt is interrupted.</summary>
    public int Quorum { get; init; } = 1;

    /// <summary>Tries of the run; a further one starts only after an interruption that nobody asked for.</summary>
    public int MaxAttempts { get; init; } = 2;

    /// <summary>How long to wait before the second attempt; twice as long before each further one.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait before any attempt, at most.</summary>
    public TimeSpan RetryAfterAtMost { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often one worker is replaced in place within an hour; beyond that something is wrong with it, and it stays lost.</summary>
    public int MaxReplacements { get; init; } = 20;
}
