using System.Collections.Concurrent;

namespace Marathon.Testbed.Cluster;

/// <summary>What happened in the cluster, the last few thousand events, for the control API.</summary>
internal sealed class EventTimeline(TimeProvider time)
{
    private const int Kept = 4096;

    private readonly ConcurrentQueue<TimelineEntry> _entries = new();

    public IReadOnlyList<TimelineEntry> Entries => [.. _entries];

    public void Add(TimelineEvent kind, TopicPartition? partition, int? broker, string detail)
    {
        _entries.Enqueue(new TimelineEntry(time.GetUtcNow(), kind, partition?.Topic, partition?.Partition, broker, detail));
        while (_entries.Count > Kept)
            _entries.TryDequeue(out _);
    }
}
