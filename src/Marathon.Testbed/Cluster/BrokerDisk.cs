using System.Collections.Concurrent;
using Marathon.Testbed.Storage;

namespace Marathon.Testbed.Cluster;

/// <summary>What a broker has on its disk: the logs of its replicas. A kill leaves it as it is.</summary>
internal sealed class BrokerDisk(ChunkStore store)
{
    private readonly ConcurrentDictionary<TopicPartition, (Guid TopicId, ReplicaLog Log)> _logs = new();

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

    public void Delete(TopicPartition partition)
    {
        if (_logs.TryRemove(partition, out var stored))
            stored.Log.Delete();
    }
}
