using Marathon.Testbed.Cluster;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Transactions;

/// <summary>Value of a transactional id in <c>__transaction_state</c>, version 0.</summary>
internal sealed class TransactionLogValue : IMessage
{
    public const short Version = 0;

    public long ProducerId { get; set; }

    public short ProducerEpoch { get; set; }

    public int TimeoutMs { get; set; }

    public TransactionState State { get; set; }

    public List<Topic>? Partitions { get; set; }

    public long LastUpdateTimestamp { get; set; }

    public long StartTimestamp { get; set; }

    public static TransactionLogValue Of(TransactionMetadata metadata) => new()
    {
        ProducerId = metadata.ProducerId,
        ProducerEpoch = metadata.Epoch,
        TimeoutMs = metadata.TimeoutMs,
        State = metadata.State,
        LastUpdateTimestamp = metadata.LastUpdateTimestamp,
        StartTimestamp = metadata.StartTimestamp,
        Partitions = metadata.State == TransactionState.Empty ? null :
        [
            .. metadata.Partitions.GroupBy(partition => partition.Topic).Select(topic => new Topic
            {
                Name = topic.Key,
                PartitionIds = [.. topic.Select(partition => partition.Partition)],
            }),
        ],
    };

    public TransactionMetadata ToMetadata(string transactionalId) => new(
        transactionalId, ProducerId, ProducerEpoch, TransactionMetadata.NoEpoch, TimeoutMs, State,
        [.. (Partitions ?? []).SelectMany(topic => topic.PartitionIds.Select(id => new TopicPartition(topic.Name, id)))],
        StartTimestamp, LastUpdateTimestamp);

    public void Exchange(Wire wire)
    {
        ProducerId = wire.Int64(ProducerId);
        ProducerEpoch = wire.Int16(ProducerEpoch);
        TimeoutMs = wire.Int32(TimeoutMs);
        State = (TransactionState)wire.Int8((sbyte)State);
        Partitions = wire.NullableArray(Partitions);
        LastUpdateTimestamp = wire.Int64(LastUpdateTimestamp);
        StartTimestamp = wire.Int64(StartTimestamp);
    }

    internal sealed class Topic : IMessage
    {
        public string Name { get; set; } = "";

        public List<int> PartitionIds { get; set; } = [];

        public void Exchange(Wire wire)
        {
            Name = wire.String(Name);
            PartitionIds = wire.Int32s(PartitionIds);
        }
    }
}
