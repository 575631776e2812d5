using System.Collections.Immutable;
using Marathon.Testbed.Protocol;
using Marathon.Testbed.Records;

namespace Marathon.Testbed.Replication;

/// <summary>The leader's part: append, follow the followers, move the high watermark, keep the in-sync replicas.</summary>
internal sealed partial class Replica
{
    /// <summary>Appends a client's batch that passed <see cref="BatchValidation"/>.</summary>
    /// <param name="admitsZombies">For a lie: a producer that was fenced may go on.</param>
    public AppendOutcome Append(ReadOnlySpan<byte> batch, in RecordBatchHeader header, bool allInSync, bool admitsZombies = false)
    {
        lock (_sync)
        {
            if (!IsLeader)
                return AppendOutcome.Failed(ErrorCode.NotLeaderOrFollower);
            if (allInSync && _isr.Length < RequiredInSync)
                return AppendOutcome.Failed(ErrorCode.NotEnoughReplicas);
            if (header.HasProducerId)
            {
                var error = Log.Producers.Check(header, admitsZombies && header.IsTransactional, out var original);
                if (error != ErrorCode.None)
                    return AppendOutcome.Failed(error);
                if (original is { } known)
                    return new AppendOutcome(ErrorCode.None, known.BaseOffset, known.LastOffset + 1, Log.StartOffset, LeaderEpoch, IsRepeated: true);
            }

            return AppendToLog(batch, header);
        }
    }

    /// <summary>Appends what the broker itself writes: a coordinator's records, a transaction's marker.</summary>
    public AppendOutcome AppendOwn(ReadOnlySpan<byte> batch, int expectedLeaderEpoch)
    {
        lock (_sync)
        {
            if (!IsLeader || (expectedLeaderEpoch >= 0 && expectedLeaderEpoch != LeaderEpoch))
                return AppendOutcome.Failed(ErrorCode.NotLeaderOrFollower);
            if (_isr.Length < RequiredInSync)
                return AppendOutcome.Failed(ErrorCode.NotEnoughReplicas);
            var header = RecordBatchHeader.Read(batch);
            return header.HasProducerId && Log.Producers.Find(header.ProducerId)?.Epoch > header.ProducerEpoch
                ? AppendOutcome.Failed(ErrorCode.InvalidProducerEpoch)
                : AppendToLog(batch, header);
        }
    }

    /// <summary>Completes when everything below <paramref name="nextOffset"/> is on all in-sync replicas, or never will be.</summary>
    public Task<ErrorCode> ReplicatedAsync(long nextOffset, int leaderEpoch)
    {
        lock (_sync)
        {
            if (!IsLeader || LeaderEpoch != leaderEpoch)
                return Task.FromResult(ErrorCode.NotLeaderOrFollower);
            if (_highWatermark >= nextOffset)
                return Task.FromResult(ReplicatedNow());
            var waiter = new ReplicationWaiter(nextOffset, new TaskCompletionSource<ErrorCode>(TaskCreationOptions.RunContinuationsAsynchronously));
            _replicationWaiters.Enqueue(waiter);
            return waiter.Done.Task;
        }
    }

    /// <summary>A follower's fetch: what it has tells how far replication is. With 0 bytes it learns the high watermark alone.</summary>
    public ReadOutcome ReadAsFollower(FollowerSlot slot, ReadPosition position, int maxBytes)
    {
        lock (_sync)
        {
            var outcome = ReadLocked(position, Log.EndOffset, maxBytes, atLeastOneBatch: maxBytes > 0, committed: false);
            if (outcome.Error != ErrorCode.None || outcome.Diverging is not null)
                return outcome;
            var now = _time.GetUtcNow();
            var progress = Progress(slot.FollowerId);
            progress.OnFetch(position.Offset, Log.EndOffset, now);
            if (!_slots.Contains(slot))
                _slots.Add(slot);
            MaybeExpandIsr(slot.FollowerId, progress);
            AdvanceHighWatermark();
            return outcome with { HighWatermark = _highWatermark };
        }
    }

    public void Forget(FollowerSlot slot)
    {
        lock (_sync)
            _slots.Remove(slot);
    }

    /// <summary>
    /// Called now and then: drops followers that lag for too long, and takes back those that caught up while another
    /// proposal was under way (a follower with nothing new to fetch does not ask again).
    /// </summary>
    public void ReviewIsr()
    {
        lock (_sync)
        {
            if (!IsLeader || _proposed is not null)
                return;
            var now = _time.GetUtcNow();
            var kept = _isr.Where(id => id == _brokerId || Progress(id).IsCaughtUp(Log.EndOffset, now, _lagTimeMax)).ToImmutableArray();
            if (kept.Length < _isr.Length)
            {
                Propose(kept);
                return;
            }

            foreach (var slot in _slots)
                MaybeExpandIsr(slot.FollowerId, Progress(slot.FollowerId));
        }
    }

    /// <summary>The controller's answer to a proposal. Refused ones are dropped: newer metadata is on its way.</summary>
    public void OnIsrAnswer(IsrProposal proposal, bool accepted, int partitionEpoch)
    {
        lock (_sync)
        {
            if (_proposed != proposal)
                return;
            _proposed = null;
            if (accepted && partitionEpoch > _partitionEpoch)
                (_isr, _partitionEpoch) = (proposal.Isr, partitionEpoch);
            if (IsLeader)
                AdvanceHighWatermark();
        }
    }

    public bool IsProposed(IsrProposal proposal)
    {
        lock (_sync)
            return IsLeader && _proposed == proposal;
    }

    private int RequiredInSync => Math.Min(_config.MinInsyncReplicas, Math.Max(1, _replicas.Length));

    private AppendOutcome AppendToLog(ReadOnlySpan<byte> batch, in RecordBatchHeader header)
    {
        var now = _time.GetUtcNow();
        foreach (var follower in _followers.Values)
            follower.BeforeAppend(Log.EndOffset, now);
        var appended = Log.AppendAsLeader(batch, header, LeaderEpoch);
        foreach (var slot in _slots)
            slot.OnAppend();
        AdvanceHighWatermark();
        return new AppendOutcome(ErrorCode.None, appended.BaseOffset, appended.NextOffset, Log.StartOffset, LeaderEpoch);
    }

    private FollowerProgress Progress(int broker)
    {
        if (_followers.TryGetValue(broker, out var progress))
            return progress;
        progress = new FollowerProgress();
        progress.Reset(_isr.Contains(broker) ? _time.GetUtcNow() : DateTimeOffset.MinValue);
        return _followers[broker] = progress;
    }

    private void MaybeExpandIsr(int follower, FollowerProgress progress)
    {
        if (_proposed is not null || _isr.Contains(follower) || !_replicas.Contains(follower))
            return;
        if (progress.EndOffset >= _highWatermark && progress.EndOffset >= _leaderEpochStart)
            Propose([.. _replicas.Where(id => id == follower || _isr.Contains(id))]);
    }

    private void Propose(ImmutableArray<int> isr)
    {
        _proposed = new IsrProposal(isr, LeaderEpoch, _partitionEpoch);
        _isrProposals.Propose(this, _proposed);
    }

    private void AdvanceHighWatermark()
    {
        var least = Log.EndOffset;
        foreach (var id in _isr)
            least = Math.Min(least, EndOffsetOf(id));
        // A replica that is about to be in sync counts already: the controller may elect it before we hear.
        foreach (var id in _proposed?.Isr ?? [])
            least = Math.Min(least, EndOffsetOf(id));
        if (least <= _highWatermark)
            return;
        SetHighWatermark(least);
        while (_replicationWaiters.TryPeek(out var waiter) && waiter.NextOffset <= least)
            _replicationWaiters.Dequeue().Done.TrySetResult(ReplicatedNow());
        foreach (var slot in _slots)
            slot.OnHighWatermark();
    }

    private long EndOffsetOf(int broker) => broker == _brokerId ? Log.EndOffset : Progress(broker).EndOffset;

    private void SetHighWatermark(long value)
    {
        Volatile.Write(ref _highWatermark, value);
        Log.Producers.OnHighWatermark(value);
        SignalReaders();
    }

    private ErrorCode ReplicatedNow() =>
        _isr.Length >= RequiredInSync ? ErrorCode.None : ErrorCode.NotEnoughReplicasAfterAppend;
}
