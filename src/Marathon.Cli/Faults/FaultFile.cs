using Marathon.Faults;

namespace Marathon.Cli.Faults;

/// <summary>A fault as it is kept beside its run: written before it strikes, so that a second injection of the same id strikes the same broker.</summary>
/// <param name="Id">Unique within the run.</param>
/// <param name="Spec">What was asked for.</param>
/// <param name="BrokerId">Whom it strikes.</param>
/// <param name="Partitions">Partitions of the topic that the broker led just before.</param>
/// <param name="BootstrapServers">Of the cluster.</param>
internal sealed record FaultFile(string Id, FaultSpec Spec, int BrokerId, IReadOnlyList<int> Partitions, string BootstrapServers)
{
    /// <summary>When it took effect; null while it has not.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the broker served again.</summary>
    public DateTimeOffset? HealedAt { get; init; }

    /// <summary>When every struck partition was led by another broker, or by this one again.</summary>
    public DateTimeOffset? RecoveredAt { get; init; }

    /// <summary>For the report.</summary>
    public FaultRecord ToRecord()
    {
        double? seconds = RecoveredAt is { } recovered && StartedAt is { } started ? Math.Max(0, (recovered - started).TotalSeconds) : null;
        return new FaultRecord(Id, Spec, BrokerId, StartedAt ?? default, HealedAt, seconds, seconds);
    }
}
