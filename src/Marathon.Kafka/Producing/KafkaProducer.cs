using Confluent.Kafka;
using Marathon.Kafka.Clients;
using Marathon.Kafka.Consuming;
using Marathon.Kafka.Threading;
using Marathon.Latency;
using Marathon.Records;
using Marathon.Workers.Load;
using Microsoft.Extensions.Logging;

namespace Marathon.Kafka.Producing;

/// <summary>
/// One producer: a thread that sends what the open-loop schedule calls for and takes the outcomes. Per record it allocates
/// nothing itself and starts no task; the client library itself leaves some 450 bytes behind for each.
/// </summary>
internal sealed partial class KafkaProducer : ClientThread
{
    private const int SendsPerRound = 64;
    private const int MaximumOpenBytes = 32 << 20, MaximumOpenRecords = 50_000, MinimumOpenRecords = 16;
    private static readonly TimeSpan s_longestPoll = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_statusInterval = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan s_metadataWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_takeOverAgainAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestCatchUp = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_fatalPatience = TimeSpan.FromSeconds(5);

    private readonly LoadSpec _spec;
    private readonly ProducerSpec _producer;
    private readonly TopicRef _topic;
    private readonly LoadClock _clock;
    private readonly OpenLoopSchedule _schedule;
    private readonly ProducerIncarnations _incarnations;
    private readonly RecordKeys _keys;
    private readonly PartitionRuns _runs;
    private readonly RecordFiller _filler;
    private readonly LatencyHistogram _latency = new();
    private readonly Message<SendTag, byte[]> _message;
    private readonly TopicPartition[] _partitions;
    private readonly Action<DeliveryReport<SendTag, byte[]>> _delivered;
    private readonly ulong _run;
    private readonly int _maximumOpen;
    private IProducer<SendTag, byte[]> _client;
    private readonly OpenTransaction? _transaction;
    private readonly BlockingCalls? _calls;
    private readonly TransferPlans? _transfers;
    private Error? _fatal;
    private double? _rate;
    private bool _paused = true;
    private long _bytesAcknowledged, _statusAt;
    private ProducerStatus _status = ProducerStatus.None;

    /// <param name="spec">The load.</param>
    /// <param name="producer">Which of its producers.</param>
    /// <param name="clock">Time.</param>
    /// <param name="logger">Where it says what happens to it.</param>
    public KafkaProducer(LoadSpec spec, ProducerSpec producer, LoadClock clock, ILogger logger)
        : base(producer.Name, logger)
    {
        (_spec, _producer, _clock) = (spec, producer, clock);
        var index = spec.Producers.ToList().IndexOf(producer);
        _topic = spec.Topics.First(topic => topic.Name == producer.Topic);
        _incarnations = new ProducerIncarnations(spec, producer, _topic);
        _rate = spec.RatePerSecond / spec.Producers.Count;
        _schedule = new OpenLoopSchedule(0, clock.Refresh(), (double)index / spec.Producers.Count);
        _keys = new RecordKeys(spec.Keys, _topic.Partitions);
        var recordsPerRun = Math.Max(1, ClientProperties.BatchBytes / spec.RecordSizeBytes);
        _runs = new PartitionRuns(_keys.UsedPartitions, recordsPerRun, (long)ClientProperties.Linger.TotalNanoseconds, index);
        _filler = new RecordFiller(spec.Compressibility, (ulong)(spec.Seed + producer.Incarnation));
        _maximumOpen = Math.Clamp(MaximumOpenBytes / spec.RecordSizeBytes, MinimumOpenRecords, MaximumOpenRecords);
        _run = RecordIdentity.Run(spec.RunId);
        _message = new Message<SendTag, byte[]> { Value = new byte[spec.RecordSizeBytes], Headers = [] };
        _partitions = [.. Enumerable.Range(0, _topic.Partitions).Select(partition => new TopicPartition(_topic.Name, partition))];
        _delivered = OnDelivered;
        if (producer.TransactionalId is not null)
        {
            Action<DeliveryReport<SendTag, byte[]>> settle = OnDelivered;
            _transaction = new OpenTransaction(spec, producer);
            _calls = new BlockingCalls(Name, clock, ServeRequests);
            _delivered = report => _calls.InTurn(settle, report);
        }

        _transfers = _transaction is not null && spec.Transactions.Transfers
            ? new TransferPlans(_keys, _runs, new Random(HashCode.Combine(spec.Seed, producer.Incarnation)))
            : null;
        Reads = _transaction is not null && spec.Transactions.Reads ? new TransactionReads() : null;
        _client = Connect();
    }

    /// <summary>What the worker's consumers read of transactions; null where nobody asks.</summary>
    public TransactionReads? Reads { get; }

    /// <summary>How it fares.</summary>
    public ProducerStatus Status => Volatile.Read(ref _status);

    /// <summary>
    /// Asks the cluster about the topic, so that the first record does not wait for connections. With transactions it takes the
    /// transactional id over: whoever had it is fenced, and the transaction that it left open is aborted.
    /// </summary>
    /// <exception cref="KafkaException">The cluster does not answer.</exception>
    public void WarmUp()
    {
        using (var admin = new DependentAdminClientBuilder(_client.Handle).Build())
            admin.GetMetadata(_topic.Name, s_metadataWithin);
        if (_transaction is not null)
            TakeOver();
    }

    /// <summary>Lets the schedule begin, at the rate asked for last; one that takes over makes up for the time before.</summary>
    public Task StartAsync() => AskAsync(() =>
    {
        _paused = false;
        var now = _clock.Refresh();
        var missed = _spec.VacantSince is { } since ? _clock.ToWall(now) - RecordTime.From(since) : 0;
        _schedule.CatchUp(_rate, now, Math.Min(missed, (long)s_longestCatchUp.TotalNanoseconds));
    });

    /// <summary>Changes the rate of this producer.</summary>
    public Task ChangeRateAsync(double? ratePerSecond) => AskAsync(() =>
    {
        _rate = ratePerSecond;
        if (!_paused)
            _schedule.ChangeRate(ratePerSecond, _clock.Now);
    });

    /// <summary>Sends no more, waits for the outcomes, and settles; what is open after <paramref name="within"/> is indeterminate.</summary>
    public Task FinishAsync(TimeSpan within) => LeaveAndAsync(() =>
    {
        // What the schedule would have called for from here on is no part of the offered load.
        _schedule.ChangeRate(0, _clock.Refresh());
        if (_transaction is { IsOpen: true })
            EndTransaction(within);
        else
            Drain(within);
        if (_incarnations.InFlight > 0)
            Logger.SendsGivenUp(Name, _incarnations.InFlight, within.TotalSeconds);
        _incarnations.GiveUpOpenSends();
        CloseTransaction();
        _incarnations.Close();
        Publish();
    });

    /// <summary>What this producer knows.</summary>
    public Task<ProducerKnowledge> SnapshotAsync() => AskAsync(() =>
    {
        Publish();
        return new ProducerKnowledge([.. _incarnations.Snapshot()], _latency.Snapshot());
    });

    /// <inheritdoc/>
    protected override void Work()
    {
        while (!IsLeaving)
        {
            ServeRequests();
            NoteReads();
            var sent = SendDue();
            _client.Poll(sent == SendsPerRound ? TimeSpan.Zero : UntilNext());
            if (_fatal is null && _transaction is { IsOpen: true } open && open.IsDue(_clock.Now))
                EndTransaction(s_endWithin);
            if (_fatal is { } fatal)
                StartAnew(fatal);
            else if (_incarnations.Current.NeedsSuccessor && _transaction is not { IsOpen: true })
                Succeed("the room for exceptions is half used up");
            if (_clock.Now - _statusAt > s_statusInterval.TotalNanoseconds)
                Publish();
        }
    }

    /// <inheritdoc/>
    protected override void Close()
    {
        _calls?.Dispose();
        _client.Dispose();
    }

    private TimeSpan UntilNext()
    {
        if (_incarnations.InFlight >= _maximumOpen)
            return s_longestPoll;
        var wait = TimeSpan.FromMicroseconds((_schedule.NextAt(_clock.Now) - _clock.Now) / RecordTime.NanosecondsPerMicrosecond);
        return wait <= TimeSpan.Zero ? TimeSpan.Zero : wait < s_longestPoll ? TimeSpan.FromMilliseconds(Math.Max(1, wait.Milliseconds)) : s_longestPoll;
    }

    /// <summary>
    /// A client that ended fatally can send no more; a new one goes on as a new incarnation. One whose record timed out would
    /// go on under a new epoch, and send again there what the log may have under the old one: it gets no time for that.
    /// </summary>
    private void StartAnew(Error fatal)
    {
        Logger.ProducerFatal(Name, fatal.Code, fatal.Reason);
        if (fatal.IsFatal)
            Drain(s_fatalPatience);
        _client.Dispose();
        _incarnations.GiveUpOpenSends();
        CloseTransaction();
        _fatal = null;
        _client = Connect();
        Succeed(fatal.Reason);
        if (_transaction is not null && (_fatal = TryTakeOver()) is not null)
            _client.Poll(s_takeOverAgainAfter);
    }

    private void Succeed(string why)
    {
        _incarnations.Succeed();
        _keys.Restart();
        Logger.IncarnationBegun(Name, _incarnations.Current.Incarnation, why);
    }

    private void Drain(TimeSpan within, bool evenIfLost = true)
    {
        var deadline = _clock.Now + (long)within.TotalNanoseconds;
        while (_incarnations.InFlight > 0 && _clock.Now < deadline && (evenIfLost || (_fatal is null && _transaction is not { IsDoomed: true })))
        {
            ServeRequests();
            _client.Poll(s_longestPoll);
        }

        _incarnations.SettleRetiring();
    }

    private void Publish()
    {
        _statusAt = _clock.Now;
        _incarnations.SettleRetiring();
        Volatile.Write(ref _status, new ProducerStatus(
            _schedule.Called(_statusAt), _incarnations.Sent, _incarnations.Acknowledged, _incarnations.Failed, _incarnations.Indeterminate, _bytesAcknowledged, _latency.Snapshot()));
    }

    private IProducer<SendTag, byte[]> Connect()
    {
        var serializer = new SendSerializer();
        return PropertyRefusal.Make("producer", _spec.ProducerProperties, _spec.ClientProperties, () =>
            new ProducerBuilder<SendTag, byte[]>(ClientProperties.Producer(_spec, _producer))
                .SetKeySerializer(serializer)
                .SetValueSerializer(serializer)
                .SetLogHandler((_, message) => Logger.ClientLog(Name, message.Facility, message.Message))
                .SetErrorHandler((client, error) =>
                {
                    Logger.ClientError(Name, error.Code, error.Reason);
                    if (error.IsFatal && ReferenceEquals(client, _client))
                        _fatal = error;
                })
                .Build());
    }
}
