using Confluent.Kafka;
using Marathon.Records;
using Marathon.Verification;
using Marathon.Workers;

namespace Marathon.Kafka.Consuming;

/// <summary>Where it reads: assignment, offsets that are no longer there.</summary>
internal sealed partial class KafkaConsumer
{
    private static readonly AnomalyKind[] s_kinds = Enum.GetValues<AnomalyKind>();
    private static readonly string[] s_kindNames = [.. s_kinds.Select(AnomalyCatalog.NameOf)];

    private const int CommittedTries = 12;
    private static readonly TimeSpan s_offsetsWithin = TimeSpan.FromSeconds(10);
    private readonly Dictionary<int, string> _lostPositions = [];

    private void AssignAll()
    {
        var starts = _consumer.Partitions.Select(partition => new TopicPartitionOffset(_consumer.Topic, partition, StartOf(partition))).ToList();
        foreach (var start in starts)
            _owned.Take(start.Partition.Value, start.Offset.Value);
        _client.Assign(starts);
        _joined.TrySetResult();
    }

    private long StartOf(int partition) =>
        _checker.NextOffset(_consumer.Topic, partition) is >= 0 and var next ? next : _origins.GetValueOrDefault(partition);

    private List<TopicPartitionOffset> OnAssigned(List<TopicPartition> partitions)
    {
        var committed = CommittedOf(partitions).ToDictionary(offset => offset.Partition.Value, offset => Math.Max(-1, offset.Offset.Value));
        var starts = new List<TopicPartitionOffset>();
        foreach (var partition in partitions)
        {
            var number = partition.Partition.Value;
            var offset = committed.GetValueOrDefault(number, -1);
            if (offset < _owned.Committed(number))
            {
                NoteCommitRegression(number, offset);
                _owned.Forget(number);
            }

            var start = offset >= 0 ? offset : _origins.GetValueOrDefault(number);
            _owned.Take(number, start);
            starts.Add(new TopicPartitionOffset(partition, start));
        }

        Logger.PartitionsAssigned(Name, string.Join(", ", starts.Select(start => $"{start.Partition.Value}@{start.Offset.Value}")));
        _pauseIsDue = true;
        _stuck.Reset(_clock.Now);
        _joined.TrySetResult();
        return starts;
    }

    private void OnReleased(List<TopicPartitionOffset> partitions, bool lost)
    {
        Logger.PartitionsReleased(Name, lost ? "lost" : "revoked", string.Join(", ", partitions.Select(partition => partition.Partition.Value)));
        _owned.Release(partitions.Select(partition => partition.Partition.Value), lost);
        _stuck.Reset(_clock.Now);
    }

    private void Meet(ConsumeException error)
    {
        if (error.Error.Code == ErrorCode.Local_AutoOffsetReset)
            _lostPositions[error.ConsumerRecord.Partition.Value] = error.Error.Reason;
        else if (error.Error.IsFatal)
            throw error;
        else
            Logger.ClientError(Name, error.Error.Code, error.Error.Reason);
    }

    /// <summary>Goes on where the log has something; a leader that does not answer now is asked again a little later.</summary>
    private void FindLostPositions()
    {
        foreach (var (partition, reason) in _lostPositions.ToList())
        {
            try
            {
                if (_owned.Handle(partition) is >= 0 and var handle)
                    FindLostPosition(partition, handle, reason);
                _lostPositions.Remove(partition);
            }
            catch (KafkaException error) when (!error.Error.IsFatal)
            {
                Logger.ClientError(Name, error.Error.Code, error.Error.Reason);
            }
        }
    }

    /// <summary>
    /// The offset to read next is not there. Below the log's start it was removed by retention; above its end, or cut off at
    /// a leader's change, the log went back behind what was committed.
    /// </summary>
    private void FindLostPosition(int partition, int handle, string reason)
    {
        var next = _checker.NextOffset(handle);
        var range = _client.QueryWatermarkOffsets(new TopicPartition(_consumer.Topic, partition), s_offsetsWithin);
        var isRemoved = next < range.Low.Value;
        var resume = isRemoved ? range.Low.Value : Math.Min(next, range.High.Value);
        Restart(partition, resume);
        Logger.PositionGone(Name, partition, next, reason, resume);
        _checker.Seek(handle, resume);
        if (isRemoved)
            return;

        // From here on the group's commit goes back by our asking.
        _owned.Forget(partition);
        _notes.Add(AnomalyKind.LogRegression, new AnomalyExample
        {
            Topic = _consumer.Topic,
            Partition = partition,
            Offset = next,
            SeenAt = SeenNow(),
            SeenBy = Name,
            Detail = $"all offsets below {next} had been read, the log now ends at {range.High.Value}: {reason}",
        });
    }

    /// <summary>The client has given the partition up: only a new assignment makes it fetch again.</summary>
    private void Restart(int partition, long offset)
    {
        var start = new TopicPartitionOffset(_consumer.Topic, partition, offset);
        try
        {
            _client.IncrementalUnassign([start.TopicPartition]);
            _client.IncrementalAssign([start]);
        }
        catch (KafkaException eager) when (eager.Error.Code == ErrorCode.Local_State)
        {
            _client.Assign(_owned.Held.Where(held => held != partition).Select(_owned.NextOf).Append(start));
        }

        _pauseIsDue = true;
    }

    /// <summary>Offsets between its positions and the ends of its partitions, by their leaders.</summary>
    private Task<long> LagAsync()
    {
        var held = _owned.Held.Select(_owned.NextOf).ToList();
        return Aside(Task.Run(() => held.Sum(next => Math.Max(0, _client.QueryWatermarkOffsets(next.TopicPartition, s_offsetsWithin).High.Value - next.Offset.Value))));
    }

    private void NoteStuck() => _notes.Add(AnomalyKind.StuckMember, new AnomalyExample
    {
        Topic = _consumer.Topic,
        SeenAt = SeenNow(),
        SeenBy = Name,
        Detail = $"no record and no rebalance for {StuckWatch.Patience.TotalSeconds:0} s, although there are records behind its positions {string.Join(", ", _owned.Held.Select(_owned.NextOf))}",
        Around = [.. _owned.Held.Select(Position).Select(at => $"partition {at.Partition}: read up to offset {at.NextOffset}, the log was last seen to end at {at.HighWatermark}")],
    });

    private DateTimeOffset SeenNow() => RecordTime.ToTime(_clock.ToWall(_clock.Now));

    private PartitionPosition Position(int partition) =>
        new(_consumer.Topic, partition, _checker.NextOffset(_owned.Handle(partition)), HighWatermark(partition));

    private long HighWatermark(int partition)
    {
        try
        {
            var high = _client.GetWatermarkOffsets(new TopicPartition(_consumer.Topic, partition)).High;
            return high.IsSpecial ? -1 : high.Value;
        }
        catch (KafkaException)
        {
            // Nothing was fetched from it yet.
            return -1;
        }
    }
}
