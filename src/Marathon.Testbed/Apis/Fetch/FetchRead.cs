using Marathon.Testbed.Cluster;
using Marathon.Testbed.Lies.Transactions;
using Marathon.Testbed.Metadata;
using Marathon.Testbed.Protocol;
using Marathon.Testbed.Records;
using Marathon.Testbed.Replication;

namespace Marathon.Testbed.Apis.Fetch;

/// <summary>One fetch request at work: the replicas it reads and what it has found.</summary>
internal sealed class FetchRead : IReadWaiter, IDisposable
{
    /// <summary><c>fetch.max.bytes</c> of a broker.</summary>
    private const int MaxResponseBytes = 55 << 20;

    private readonly FetchRequest _request;
    private readonly RequestContext _context;
    private readonly AsyncSignal _signal = new();
    private readonly List<Target> _targets = [];
    private long _bytes;
    private long _given;
    private bool _hasError;
    private readonly OpenTransactionLeak? _leak;
    private bool _isWaiting;

    public FetchRead(FetchRequest request, RequestContext context)
    {
        _request = request;
        _context = context;
        if (IsCommitted)
            _leak = context.Broker.Cluster.Lies.FindAll<OpenTransactionLeak>().FirstOrDefault(leak => leak.WantsTo());
        foreach (var topic in request.Topics)
        {
            var image = context.Version >= 13 ? context.Image.Topic(topic.TopicId) : context.Image.Topic(topic.Name);
            foreach (var partition in topic.Partitions)
                _targets.Add(Find(topic, image, partition));
        }
    }

    public bool IsCommitted => _request.IsolationLevel == 1;

    /// <summary>There were records, and a lie withheld them all.</summary>
    public bool IsWithheld => _bytes > 0 && _given == 0;

    public void Signal() => _signal.Set();

    /// <summary>Reads everything anew; true when that is enough for an answer.</summary>
    public bool IsEnough()
    {
        var room = Math.Min(_request.MaxBytes, MaxResponseBytes);
        (_bytes, _hasError) = (0, false);
        foreach (var target in _targets)
        {
            if (target.Replica is { } replica)
            {
                var wanted = target.Wanted;
                var position = new ReadPosition(wanted.FetchOffset, wanted.CurrentLeaderEpoch, wanted.LastFetchedEpoch);
                target.IsLeaked = _leak is not null && replica.OpenTransactions >= _leak.LeastOpen;
                target.Outcome = replica.Read(position, Math.Min(room, wanted.MaxBytes), atLeastOneBatch: _bytes == 0, IsCommitted, target.IsLeaked);
            }

            var found = target.Outcome.Bytes;
            _bytes += found;
            room = (int)Math.Max(0, room - found);
            _hasError |= target.Outcome.Error != ErrorCode.None || target.Outcome.Diverging is not null;
        }

        return _bytes >= _request.MinBytes || _hasError || _targets.Count == 0;
    }

    public async ValueTask UntilEnoughAsync(TimeSpan within, CancellationToken cancel)
    {
        _isWaiting = true;
        foreach (var target in _targets)
            target.Replica?.AddReader(this);
        var time = _context.Broker.Time;
        var start = time.GetTimestamp();
        while (!IsEnough())
        {
            var left = within - time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero || !await _signal.WaitAsync(left, time, cancel))
                break;
            await _context.Broker.Gate.WaitAsync(cancel);
        }
    }

    public FetchResponse Response()
    {
        var response = new FetchResponse();
        foreach (var target in _targets)
        {
            if (response.Topics.Count == 0 || response.Topics[^1].Name != target.Topic.Name || response.Topics[^1].TopicId != target.Topic.TopicId)
                response.Topics.Add(new FetchTopic { Name = target.Topic.Name, TopicId = target.Topic.TopicId });
            response.Topics[^1].Partitions.Add(Answer(target));
        }

        if (_context.Version >= 16 && _hasError)
            response.NodeEndpoints = NodeEndpoint.Of(response.Topics.SelectMany(t => t.Partitions).Select(p => p.CurrentLeader), _context.Image);
        _context.Broker.Cluster.Meter.Given((int)_given);
        return response;
    }

    public void Dispose()
    {
        if (!_isWaiting)
            return;
        foreach (var target in _targets)
            target.Replica?.RemoveReader(this);
    }

    private Target Find(FetchRequest.Topic topic, TopicImage? image, FetchRequest.Partition partition)
    {
        var replica = image is null ? null : _context.Broker.Replicas.Find(image.Name, partition.Index);
        var error = replica is not null ? ErrorCode.None
            : image is null && _context.Version >= 13 ? ErrorCode.UnknownTopicId
            : image?.Partition(partition.Index) is null ? ErrorCode.UnknownTopicOrPartition
            : ErrorCode.NotLeaderOrFollower;
        return new Target(topic, partition, replica) { Outcome = new ReadOutcome(error) };
    }

    private FetchPartition Answer(Target target)
    {
        var outcome = target.Outcome;
        var records = new RecordSet();
        foreach (var run in outcome.Runs)
            records.Add(run.Chunk.Slice(run.Start, run.End));
        if (target.Replica is { } replica && outcome.Runs.Count > 0)
            records = _context.Broker.Cluster.Lies.Outgoing(replica.Partition, _context.ClientId, records, outcome.Runs[^1].NextOffset);
        _given += records.Length;
        var aborted = outcome.Aborted?.ConvertAll(each => new FetchPartition.Aborted { ProducerId = each.ProducerId, FirstOffset = each.FirstOffset });
        Lie(target, records, aborted);
        return new FetchPartition
        {
            Index = target.Wanted.Index,
            Error = outcome.Error,
            HighWatermark = outcome.HighWatermark,
            LastStableOffset = target.IsLeaked ? outcome.HighWatermark : outcome.LastStableOffset,
            LogStartOffset = outcome.LogStartOffset,
            Diverging = outcome.Diverging,
            CurrentLeader = Leader(outcome),
            Records = records,
            AbortedTransactions = aborted,
        };
    }

    private void Lie(Target target, RecordSet records, List<FetchPartition.Aborted>? aborted)
    {
        if (target is not { Replica: { } replica, Outcome.Runs: { Count: > 0 } runs })
            return;
        if (aborted is { Count: > 0 })
            _context.Broker.Cluster.Lies.Find<AbortedRead>()?.Change(replica.Partition, aborted, records);
        if (_leak is not null && target.IsLeaked && runs[^1].NextOffset > target.Outcome.LastStableOffset)
            _leak.Gave(replica.Partition, target.Outcome.LastStableOffset, OpenTransactionName.Of(replica, records, target.Outcome.LastStableOffset));
    }

    private static LeaderIdAndEpoch? Leader(ReadOutcome outcome) =>
        outcome.Error is ErrorCode.NotLeaderOrFollower or ErrorCode.FencedLeaderEpoch && outcome.LeaderEpoch >= 0
            ? new LeaderIdAndEpoch { LeaderId = outcome.LeaderId, LeaderEpoch = outcome.LeaderEpoch }
            : null;

    private sealed class Target(FetchRequest.Topic topic, FetchRequest.Partition wanted, Replica? replica)
    {
        public FetchRequest.Topic Topic { get; } = topic;

        public FetchRequest.Partition Wanted { get; } = wanted;

        public Replica? Replica { get; } = replica;

        /// <summary>For a lie: what is read does not end at the last stable offset.</summary>
        public bool IsLeaked { get; set; }

        public required ReadOutcome Outcome { get; set; }
    }
}
