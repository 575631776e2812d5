using Confluent.Kafka;
using Marathon.Verification;

namespace Marathon.Kafka.Consuming;

/// <summary>What its group has committed.</summary>
internal sealed partial class KafkaConsumer
{
    // Whoever must leave at once does not wait for a cluster that is gone.
    private static readonly TimeSpan s_lastLookWithin = TimeSpan.FromSeconds(3);
    private Dictionary<int, long>? _lastOffsets;

    /// <summary>The checkpoint that covers these offsets is stored: commits them where there is a group, one commit at a time.</summary>
    public async Task ConfirmAsync(IReadOnlyDictionary<int, long> offsets)
    {
        if (offsets.Count == 0)
            return;
        if (!IsMember)
        {
            await AskAsync(() => _owned.Confirm(offsets));
            return;
        }

        // A broker may take long over a commit; meanwhile reading goes on, and the next checkpoint commits more.
        if (!_commit.IsCompleted)
            return;
        _commit = Task.Run(async () =>
        {
            try
            {
                if (_lastOffsets is null)
                    await LookAtCommitsAsync(offsets.Keys, s_offsetsWithin);
                _client.Commit(offsets.Select(offset => new TopicPartitionOffset(_consumer.Topic, offset.Key, offset.Value)));
                await AskAsync(() => _owned.Confirm(offsets));
            }
            catch (KafkaException refused)
            {
                // After a rebalance the partition is somebody else's; they start from the commit before and read again.
                Logger.CommitRefused(Name, refused.Error.Code, refused.Error.Reason);
            }
        });
        if (_lastOffsets is not null)
            await _commit;
    }

    /// <summary>A last look, as long as what it shows still gets into a checkpoint.</summary>
    private async Task LookAtLastCommitsAsync()
    {
        try
        {
            await _commit;
            await LookAtCommitsAsync(_owned.Held, s_lastLookWithin);
        }
        catch (KafkaException unanswered)
        {
            Logger.ClientError(Name, unanswered.Error.Code, unanswered.Error.Reason);
        }
    }

    /// <summary>
    /// What the group has committed is never below what we have seen committed: whoever has got a partition of ours meanwhile went on from there.
    /// </summary>
    private async Task LookAtCommitsAsync(IEnumerable<int> partitions, TimeSpan within)
    {
        var committed = _client.Committed(partitions.Select(partition => new TopicPartition(_consumer.Topic, partition)), within);
        await AskAsync(() =>
        {
            foreach (var each in committed.Where(each => Math.Max(-1, each.Offset.Value) < _owned.Committed(each.Partition.Value)))
            {
                NoteCommitRegression(each.Partition.Value, Math.Max(-1, each.Offset.Value));
                _owned.Forget(each.Partition.Value);
            }
        });
    }

    /// <summary>What the group has committed; a coordinator on its way to another broker is waited for.</summary>
    private List<TopicPartitionOffset> CommittedOf(List<TopicPartition> partitions)
    {
        if (partitions.Count == 0)
            return [];
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return _client.Committed(partitions, s_offsetsWithin);
            }
            catch (KafkaException error) when (attempt < CommittedTries && !error.Error.IsFatal)
            {
                Logger.ClientError(Name, error.Error.Code, error.Error.Reason);
            }
        }
    }

    /// <summary>A new assignment is not paused, whatever the one before it was.</summary>
    private void PauseOrResume()
    {
        try
        {
            if (_client.Assignment is not { Count: > 0 } assignment)
                return;
            if (_paused)
            {
                _client.Pause(assignment);
            }
            else
            {
                _client.Resume(assignment);
                Aside(Task.Run(() => WakeLeaders(assignment)));
            }

            _pauseIsDue = false;
        }
        catch (KafkaException error)
        {
            // The assignment changed under it; the next round tries again.
            Logger.ClientError(Name, error.Error.Code, error.Error.Reason);
        }
    }

    /// <summary>
    /// What is resumed is not fetched before the library's thread for its leader looks again, once a second or when something
    /// comes in: an answer does.
    /// </summary>
    private void WakeLeaders(IReadOnlyList<TopicPartition> partitions)
    {
        var since = _clock.Now;
        foreach (var partition in partitions)
        {
            if (IsLeaving || _clock.Now - since > s_awakeAnyway.TotalNanoseconds)
                return;

            try
            {
                _client.QueryWatermarkOffsets(partition, s_awakeAnyway);
            }
            catch (KafkaException error)
            {
                Logger.ClientError(Name, error.Error.Code, error.Error.Reason);
            }
        }
    }

    private void NoteCommitRegression(int partition, long offset) => _notes.Add(AnomalyKind.CommitRegression, new AnomalyExample
    {
        Topic = _consumer.Topic,
        Partition = partition,
        Offset = offset < 0 ? null : offset,
        SeenAt = SeenNow(),
        SeenBy = Name,
        Detail = offset < 0
            ? $"the group's commit of offset {_owned.Committed(partition)} has vanished"
            : $"the group's commit went back from offset {_owned.Committed(partition)} to {offset}",
    });
}
