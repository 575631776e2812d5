namespace Marathon.Testbed.Cluster;

internal sealed record TimelineEntry(DateTimeOffset At, TimelineEvent Kind, string? Topic, int? Partition, int? Broker, string Detail);
