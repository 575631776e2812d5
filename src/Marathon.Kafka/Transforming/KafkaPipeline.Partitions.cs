using Confluent.Kafka;

namespace Marathon.Kafka.Transforming;

/// <content>Where it reads.</content>
internal sealed partial class KafkaPipeline
{
    private const int CommittedTries = 12;
    private static readonly TimeSpan s_offsetsWithin = TimeSpan.FromSeconds(10);

    private List<TopicPartitionOffset> OnAssigned(List<TopicPartition> partitions)
    {
        _transaction.Doom();
        var starts = StartsOf(partitions);
        foreach (var start in starts)
        {
            _owned.Take(start.Partition.Value, start.Offset.Value);
            _taken[start.Partition.Value] = _done[start.Partition.Value] = start.Offset.Value;
        }

        Logger.PartitionsAssigned(Name, string.Join(", ", starts.Select(start => $"{start.Partition.Value}@{start.Offset.Value}")));
        return starts;
    }

    /// <summary>What the open transaction has of them is the next owner's to transform: it can only be aborted.</summary>
    private void OnReleased(List<TopicPartitionOffset> partitions, bool lost)
    {
        _transaction.Doom();
        Logger.PartitionsReleased(Name, lost ? "lost" : "revoked", string.Join(", ", partitions.Select(partition => partition.Partition.Value)));
        _owned.Release(partitions.Select(partition => partition.Partition.Value), lost);
    }

    /// <summary>Back to what is committed: the transaction that had read more did not come to be.</summary>
    private void Rewind()
    {
        try
        {
            var held = _owned.Held.Select(partition => new TopicPartition(_from.Name, partition)).ToList();
            foreach (var start in StartsOf(held))
            {
                _consumer.Seek(start);
                _taken[start.Partition.Value] = _done[start.Partition.Value] = start.Offset.Value;
            }

            _rewindIsDue = false;
        }
        catch (KafkaException error) when (!error.Error.IsFatal)
        {
            // The assignment is on its way: the next round tries again, and polls meanwhile.
            Logger.ClientError(Name, error.Error.Code, error.Error.Reason);
            if (_consumer.Consume(s_longestPoll) is { IsPartitionEOF: false } dropped && _owned.Handle(dropped.Partition.Value) is >= 0 and var handle)
                Check(handle, dropped);
        }
    }

    private List<TopicPartitionOffset> StartsOf(List<TopicPartition> partitions)
    {
        if (partitions.Count == 0)
            return [];
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return
                [
                    .. _consumer.Committed(partitions, s_offsetsWithin).Select(committed => committed.Offset.Value >= 0
                        ? committed
                        : new TopicPartitionOffset(committed.TopicPartition, _origins.GetValueOrDefault(committed.Partition.Value))),
                ];
            }
            catch (KafkaException error) when (attempt < CommittedTries && !error.Error.IsFatal)
            {
                Logger.ClientError(Name, error.Error.Code, error.Error.Reason);
            }
        }
    }
}
