using Marathon.Workers.Load;

namespace Marathon.Verification;

/// <summary>What the controller knows beside the evidence.</summary>
public sealed record RunFacts
{
    /// <summary>The run.</summary>
    public required string Run { get; init; }

    /// <summary>The topics that records go to.</summary>
    public required IReadOnlyList<TopicFacts> Topics { get; init; }

    /// <summary>The guarantee that was asked for.</summary>
    public required Guarantee Guarantee { get; init; }

    /// <summary>The acks of the run's producers.</summary>
    public required Acks Acks { get; init; }

    /// <summary>How consumers get their partitions.</summary>
    public required Assignment Assignment { get; init; }

    /// <summary>Version of the transaction protocol in force, the lesser of client and broker: 1 or 2.</summary>
    public int TransactionProtocol { get; init; } = 1;

    /// <summary>After how long the coordinator aborts a transaction of a producer that is gone (transaction.timeout.ms).</summary>
    public TimeSpan TransactionTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Every incarnation that was ever given out, those that left no evidence included.</summary>
    public IReadOnlySet<long> Incarnations { get; init; } = new HashSet<long>();

    /// <summary>The load is over and consumers have had their time: what is missing now is missing.</summary>
    public bool Drained { get; init; }

    /// <summary>What was read last is to be read again, where nobody has, to see whether the same records are there.</summary>
    public bool SecondReading { get; init; }

    /// <summary>Bound on the difference of two hosts' clocks, in nanoseconds; 0 on one machine.</summary>
    public long ClockErrorBound { get; init; }

    /// <summary>Found by others than the record checker: stuck-lso, zombie-not-fenced, commit-regression and more.</summary>
    public IReadOnlyList<AnomalyTally> Observed { get; init; } = [];
}
