using System.Collections.Concurrent;
using Marathon.Testbed.Storage;

namespace Marathon.Testbed.Cluster;

/// <summary>What a broker has on its disk: the logs of its replicas. A kill leaves it as it is.</summary>
internal sealed class BrokerDisk(ChunkStore store)
{
    private readonly ConcurrentDictionary<TopicPartition, (Guid TopicId, ReplicaLog Log)> _logs = new();

    /// <summary>How much longer than it takes each write is to take.</summary>
    public TimeSpan WriteDelay { get; set; }

    public IEnumerable<(TopicPartition Partition, Guid TopicId)> Stored => _logs.Select(entry => (entry.Key, entry.Value.TopicId));

    /// <summary>The log of a partition; a log of an older topic of that name is deleted.</summary>
    public ReplicaLog Open(TopicPartition partition, Guid topicId)
    {
        if (_logs.TryGetValue(partition, out var stored) && stored.TopicId == topicId)
            return stored.Log;
        stored.Log?.Delete();
        var log = new ReplicaLog(store);
        _logs[partition] = (topicId, log);
        return log;
    }

    /// <summary>Comes before each write; while the disk is slow, it lasts.</summary>
    public Task ReadyToWriteAsync(TimeProvider time, CancellationToken cancel) =>
        WriteDelay > TimeSpan.Zero ? Task.Delay(WriteDelay, time, cancel) : Task.CompletedTask;

    public void Delete(TopicPartition partition)
    {
        if (_logs.TryRemove(partition, out var stored))
            stored.Log.Delete();
    }
}
