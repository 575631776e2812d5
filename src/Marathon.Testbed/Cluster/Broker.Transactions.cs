using Marathon.Testbed.Groups;
using Marathon.Testbed.Metadata;
using Marathon.Testbed.Protocol;
using Marathon.Testbed.Records;

namespace Marathon.Testbed.Cluster;

/// <summary>What transaction coordinators and leaders ask of each other.</summary>
internal sealed partial class Broker
{
    /// <summary>As leader: append a transaction's marker; the answer comes when it is on all in-sync replicas.</summary>
    public async ValueTask<ErrorCode> WriteMarkerAsync(
        TopicPartition partition, long producerId, short producerEpoch, ControlMarker marker, CancellationToken cancel)
    {
        if (Replicas.Find(partition) is not { } replica)
            return Image.Partition(partition) is null ? ErrorCode.UnknownTopicOrPartition : ErrorCode.NotLeaderOrFollower;
        var outcome = replica.AppendMarker(producerId, producerEpoch, marker);
        if (outcome.Error != ErrorCode.None)
            return outcome.Error;
        var error = await replica.ReplicatedAsync(outcome.NextOffset, outcome.LeaderEpoch).WaitAsync(cancel);
        if (error == ErrorCode.None && partition.Topic == TopicImage.ConsumerOffsets)
            Groups.EndTransaction(partition.Partition, outcome.LeaderEpoch, producerId, marker.Committed);
        return error;
    }

    /// <summary>As leader: ask the coordinator whether a transaction may begin in a partition (KIP-890).</summary>
    public async Task<ErrorCode> VerifyTransactionAsync(
        string transactionalId, long producerId, short epoch, TopicPartition partition, CancellationToken cancel)
    {
        var topic = Image.Topic(TopicImage.TransactionState);
        var coordinator = topic?.Partition(JavaHash.PartitionFor(transactionalId, topic.Partitions.Length))?.Leader ?? PartitionImage.NoLeader;
        try
        {
            return await Cluster.Network.CallAsync(
                Id,
                coordinator,
                CallTimeout,
                (other, _) => ValueTask.FromResult(other.Transactions.Verify(transactionalId, producerId, epoch, partition)),
                cancel);
        }
        catch (BrokerUnreachableException)
        {
            return ErrorCode.CoordinatorNotAvailable;
        }
    }
}
