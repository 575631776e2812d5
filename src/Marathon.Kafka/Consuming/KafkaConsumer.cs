using Confluent.Kafka;
using Marathon.Kafka.Clients;
using Marathon.Kafka.Threading;
using Marathon.Latency;
using Marathon.Verification;
using Marathon.Workers.Load;
using Microsoft.Extensions.Logging;

namespace Marathon.Kafka.Consuming;

/// <summary>
/// One consumer: a thread that reads and checks. Where it begins is never left to the client: in the offsets of the
/// checkpoint that it takes over, in those that the group has committed, or where the topic began when the load was made.
/// </summary>
internal sealed partial class KafkaConsumer : ClientThread
{
    private const int RecordsPerRound = 1024;
    private static readonly TimeSpan s_longestPoll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_statusInterval = TimeSpan.FromMilliseconds(100), s_awakeAnyway = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_callersWithin = TimeSpan.FromSeconds(5);

    private readonly LoadSpec _spec;
    private readonly ConsumerSpec _consumer;
    private readonly IReadOnlyDictionary<int, long> _origins;
    private readonly LoadClock _clock;
    private readonly LatencyHistogram _latency = new();
    private readonly ConsumerChecker _checker;
    private readonly OwnedPartitions _owned;
    private readonly StuckWatch _stuck = new();
    private readonly AnomalyNotes _notes = new(CheckerLimits.Default.Examples);
    private readonly RecordSource _source;
    private readonly IConsumer<int, int> _client;
    private readonly TaskCompletionSource _joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _paused = true, _pauseIsDue = true;
    private long _statusAt;
    private ConsumerStatus _status = ConsumerStatus.None;
    private Task _commit = Task.CompletedTask, _aside = Task.CompletedTask;

    /// <param name="spec">The load.</param>
    /// <param name="consumer">Which of its consumers.</param>
    /// <param name="origins">By partition, where the topic begins.</param>
    /// <param name="resumeFrom">What an earlier life of this consumer knew; null for none.</param>
    /// <param name="clock">Time.</param>
    /// <param name="logger">Where it says what happens to it.</param>
    /// <param name="verifies">Off only to measure what verification costs.</param>
    public KafkaConsumer(
        LoadSpec spec,
        ConsumerSpec consumer,
        IReadOnlyDictionary<int, long> origins,
        ConsumerEvidence? resumeFrom,
        LoadClock clock,
        ILogger logger,
        bool verifies = true)
        : base(consumer.Name, logger)
    {
        (_spec, _consumer, _origins, _clock) = (spec, consumer, origins, clock);
        var properties = ClientProperties.Consumer(spec, consumer.Name, consumer.Group);
        var isolation = properties["isolation.level"] == "read_uncommitted" ? Isolation.ReadUncommitted : Isolation.ReadCommitted;
        _checker = new ConsumerChecker(consumer.Name, spec.RunId, isolation, IsMember ? consumer.Group : null, latency: _latency, compacted: spec.Compacted);
        _owned = new OwnedPartitions(spec.Topics.First(topic => topic.Name == consumer.Topic), _checker, clock);
        foreach (var partition in resumeFrom?.Partitions ?? [])
            _checker.Restore(partition);

        var builder = new ConsumerBuilder<int, int>(properties)
            .SetLogHandler((_, message) => Logger.ClientLog(Name, message.Facility, message.Message))
            .SetErrorHandler((_, error) => Logger.ClientError(Name, error.Code, error.Reason))
            .SetPartitionsAssignedHandler((_, partitions) => OnAssigned(partitions))
            .SetPartitionsRevokedHandler((_, partitions) => OnReleased(partitions, lost: false))
            .SetPartitionsLostHandler((_, partitions) => OnReleased(partitions, lost: true));
        _source = new RecordSource(builder, _checker, clock, verifies);
        _client = PropertyRefusal.Make("consumer", spec.ConsumerProperties, spec.ClientProperties, builder.Build);
    }

    /// <summary>Done once the consumer has its partitions.</summary>
    public Task Joined => _joined.Task;

    /// <summary>How it fares.</summary>
    public ConsumerStatus Status => Volatile.Read(ref _status);

    /// <summary>Told of whose transactions it reads; set before it begins.</summary>
    public IReadOnlyList<TransactionReads> Reads
    {
        set => _source.Reads = value;
    }

    private bool IsMember => _spec.Assignment == Assignment.Subscribe;

    /// <summary>Takes no records, or takes them again; partitions and membership stay.</summary>
    public Task PauseAsync(bool paused) => AskAsync(() =>
    {
        (_paused, _pauseIsDue) = (paused, true);
        _stuck.Reset(_clock.Now);
    });

    /// <summary>Takes no more records for good. It stays in its group until it is closed, so that its last offsets can be committed.</summary>
    public async Task FinishAsync()
    {
        await LeaveAsync();
        if (IsMember)
            await Aside(Task.Run(LookAtLastCommitsAsync));
        await AskAsync(() =>
        {
            _lastOffsets = _owned.Cut();
            _owned.Release([.. _owned.Held], lost: false);
            Publish();
        });
    }

    /// <summary>End-to-end latency of everything it has read.</summary>
    public Task<LatencySnapshot> LatencyAsync() => AskAsync(_latency.Snapshot);

    /// <summary>What it knows now.</summary>
    public Task<ConsumerKnowledge> CutAsync() => AskAsync(() =>
    {
        var offsets = _lastOffsets ?? _owned.Cut();
        Publish();
        return new ConsumerKnowledge(_checker.Snapshot(), _latency.Snapshot(), _notes.Snapshot(), offsets);
    });

    /// <inheritdoc/>
    protected override void Work()
    {
        if (IsMember)
            _client.Subscribe(_consumer.Topic);
        else
            AssignAll();

        while (!IsLeaving)
        {
            ServeRequests();
            if (_pauseIsDue)
                PauseOrResume();
            ReadRound();
            if (_clock.Now - _statusAt <= s_statusInterval.TotalNanoseconds)
                continue;
            FindLostPositions();
            Publish();
            if (!_paused && _owned.Held.Any() && _stuck.Look(_clock.Now, _checker.ReceivedCount, LagAsync))
                NoteStuck();
        }
    }

    /// <inheritdoc/>
    protected override void Close()
    {
        // A client that is destroyed under a call takes the process with it: one that still has callers is left until they are done.
        var callers = Task.WhenAll(_commit, _aside);
        if (Task.WaitAny([callers], s_callersWithin) < 0)
        {
            Logger.ClientLeft(Name, s_callersWithin.TotalSeconds);
            callers.ContinueWith(_ => CloseClient(), TaskScheduler.Default);
            return;
        }

        CloseClient();
    }

    private void CloseClient()
    {
        try
        {
            _client.Close();
        }
        catch (KafkaException failure)
        {
            Logger.CloseFailed(Name, failure);
        }

        _client.Dispose();
    }

    /// <summary>Something calls the client beside its thread.</summary>
    private T Aside<T>(T call)
        where T : Task
    {
        _aside = Task.WhenAll(_aside, call);
        return call;
    }

    private void ReadRound()
    {
        for (var i = 0; i < RecordsPerRound; i++)
        {
            try
            {
                if (_client.Consume(i == 0 ? s_longestPoll : TimeSpan.Zero) is not { } result)
                    return;
                var handle = _owned.Handle(result.Partition.Value);
                if (handle < 0)
                    continue;
                if (result.IsPartitionEOF)
                    _checker.Passed(handle, result.Offset.Value);
                else
                    _source.Check(handle, result);
            }
            catch (ConsumeException error)
            {
                Meet(error);
            }
        }
    }

    private void Publish()
    {
        _statusAt = _clock.Now;
        var anomalies = new Dictionary<string, long>();
        foreach (var kind in s_kinds)
        {
            if (_checker.Anomalies(kind) + _notes.Count(kind) is > 0 and var count)
                anomalies[s_kindNames[(int)kind]] = count;
        }

        Volatile.Write(ref _status, new ConsumerStatus(
            _checker.ReceivedCount, _source.Bytes, _latency.Snapshot(), [.. _owned.Held.Select(Position)], anomalies));
    }
}
