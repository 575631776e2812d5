namespace Marathon.Reports;

/// <summary>A partition got another leader, or none.</summary>
/// <param name="At">When that was seen; the cluster is asked about every second.</param>
/// <param name="Topic">Topic name.</param>
/// <param name="Partition">The partition.</param>
/// <param name="From">Broker that led it before; null where none did.</param>
/// <param name="To">Broker that leads it now; null where none does.</param>
/// <param name="InSync">Brokers whose replicas are in sync.</param>
public sealed record LeadershipReport(DateTimeOffset At, string Topic, int Partition, int? From, int? To, IReadOnlyList<int> InSync)
{
    /// <summary>The change in a sentence.</summary>
    public override string ToString() =>
        $"partition {Partition} of {Topic} {(To is { } leader ? $"is led by broker {leader}" : "has no leader")}, before by {(From is { } before ? $"broker {before}" : "none")}; in sync: {(InSync.Count == 0 ? "none" : string.Join(", ", InSync))}";
}
