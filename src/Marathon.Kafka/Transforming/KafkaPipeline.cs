using Confluent.Kafka;
using Marathon.Kafka.Clients;
using Marathon.Kafka.Consuming;
using Marathon.Kafka.Producing;
using Marathon.Kafka.Threading;
using Marathon.Latency;
using Marathon.Records;
using Marathon.Verification;
using Marathon.Workers;
using Marathon.Workers.Load;
using Microsoft.Extensions.Logging;

namespace Marathon.Kafka.Transforming;

/// <summary>
/// One consume-transform-produce step: a thread that reads and checks records of one topic, writes one of its own for each to
/// another, and commits what it has read in the transaction of what it has written.
/// </summary>
internal sealed partial class KafkaPipeline : ClientThread
{
    private const int RecordsPerRound = 256, MaximumOpenRecords = 10_000;
    private static readonly TimeSpan s_longestPoll = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_statusInterval = TimeSpan.FromMilliseconds(400);

    private readonly LoadSpec _spec;
    private readonly PipelineSpec _pipeline;
    private readonly TopicRef _from, _to;
    private readonly IReadOnlyDictionary<int, long> _origins;
    private readonly LoadClock _clock;
    private readonly ConsumerChecker _checker;
    private readonly OwnedPartitions _owned;
    private readonly RecordSource _source;
    private readonly IConsumer<int, int> _consumer;
    private readonly ProducerSpec _writer;
    private readonly ProducerIncarnations _incarnations;
    private readonly OpenTransaction _transaction;
    private readonly RecordFiller _filler;
    private readonly Message<SendTag, byte[]> _message;
    private readonly TransactionalClient _client;
    private readonly long[] _taken, _done;
    private readonly ulong _run;
    private bool _rewindIsDue;
    private long _bytesAcknowledged, _statusAt;
    private PipelineStatus _status = PipelineStatus.None;

    /// <param name="spec">The load.</param>
    /// <param name="pipeline">Which of its pipelines.</param>
    /// <param name="origins">By partition, where the topic that it reads begins.</param>
    /// <param name="resumeFrom">What an earlier life of it had read; null for none.</param>
    /// <param name="clock">Time.</param>
    /// <param name="logger">Where it says what happens to it.</param>
    public KafkaPipeline(
        LoadSpec spec, PipelineSpec pipeline, IReadOnlyDictionary<int, long> origins, ConsumerEvidence? resumeFrom, LoadClock clock, ILogger logger)
        : base(pipeline.Name, logger)
    {
        (_spec, _pipeline, _origins, _clock) = (spec, pipeline, origins, clock);
        (_from, _to) = (Topic(pipeline.From), Topic(pipeline.To));
        _writer = new ProducerSpec(pipeline.Name, pipeline.Incarnation, pipeline.To, pipeline.TransactionalId);
        _incarnations = new ProducerIncarnations(spec, _writer, _to);
        _transaction = new OpenTransaction(spec, _writer);
        _filler = new RecordFiller(spec.Compressibility, (ulong)(spec.Seed + pipeline.Incarnation));
        _message = new Message<SendTag, byte[]> { Value = new byte[spec.RecordSizeBytes], Headers = [] };
        _run = RecordIdentity.Run(spec.RunId);
        (_taken, _done) = (new long[_from.Partitions], new long[_from.Partitions]);
        _checker = new ConsumerChecker(pipeline.Name, spec.RunId, Isolation.ReadCommitted, pipeline.Group);
        _owned = new OwnedPartitions(_from, _checker, clock);
        foreach (var partition in resumeFrom?.Partitions ?? [])
            _checker.Restore(partition);
        var builder = new ConsumerBuilder<int, int>(ClientProperties.Consumer(spec, pipeline.Name, pipeline.Group))
            .SetLogHandler((_, message) => Logger.ClientLog(Name, message.Facility, message.Message))
            .SetErrorHandler((_, error) => Logger.ClientError(Name, error.Code, error.Reason))
            .SetPartitionsAssignedHandler((_, partitions) => OnAssigned(partitions))
            .SetPartitionsRevokedHandler((_, partitions) => OnReleased(partitions, lost: false))
            .SetPartitionsLostHandler((_, partitions) => OnReleased(partitions, lost: true));
        _source = new RecordSource(builder, _checker, clock);
        _consumer = PropertyRefusal.Make("consumer", spec.ConsumerProperties, spec.ClientProperties, builder.Build);
        _client = new TransactionalClient(spec, _writer, clock, logger, ServeRequests, OnDelivered);
    }

    /// <summary>How it fares.</summary>
    public PipelineStatus Status => Volatile.Read(ref _status);

    /// <summary>Takes its transactional id over.</summary>
    /// <exception cref="KafkaException">The cluster does not let it.</exception>
    public void WarmUp()
    {
        if (_client.TakeOver() is { } error)
            throw new KafkaException(error);
    }

    /// <summary>Reads no more, ends its transaction, and settles.</summary>
    public Task FinishAsync() => LeaveAndAsync(() =>
    {
        if (_transaction.IsOpen)
            EndTransaction();
        _incarnations.GiveUpOpenSends();
        CloseTransaction();
        _incarnations.Close();
        _owned.Cut();
        _owned.Release([.. _owned.Held], lost: false);
        Publish();
    });

    /// <summary>What it knows: of its records, and of those that it has read.</summary>
    public Task<(ProducerKnowledge Written, ConsumerKnowledge Read)> CutAsync() => AskAsync(() =>
    {
        Publish();
        return (
            new ProducerKnowledge([.. _incarnations.Snapshot()], LatencySnapshot.Empty),
            new ConsumerKnowledge(_checker.Snapshot(), LatencySnapshot.Empty, [], new Dictionary<int, long>()));
    });

    /// <inheritdoc/>
    protected override void Work()
    {
        _consumer.Subscribe(_pipeline.From);
        while (!IsLeaving)
        {
            ServeRequests();
            if (_rewindIsDue)
                Rewind();
            Read();
            _client.Poll();
            if (_client.Fatal is null && _transaction.IsOpen && _transaction.IsDue(_clock.Now))
                EndTransaction();
            if (_client.Fatal is { } fatal)
                StartAnew(fatal);
            else if (_incarnations.Current.NeedsSuccessor && !_transaction.IsOpen)
                _incarnations.Succeed();
            if (_clock.Now - _statusAt > s_statusInterval.TotalNanoseconds)
                Publish();
        }
    }

    /// <inheritdoc/>
    protected override void Close()
    {
        try
        {
            _consumer.Close();
        }
        catch (KafkaException failure)
        {
            Logger.CloseFailed(Name, failure);
        }

        _consumer.Dispose();
        _client.Dispose();
    }

    private TopicRef Topic(string name) => _spec.Topics.First(topic => topic.Name == name);

    private void Publish()
    {
        _statusAt = _clock.Refresh();
        _incarnations.SettleRetiring();
        var anomalies = Enum.GetValues<AnomalyKind>().Where(kind => _checker.Anomalies(kind) > 0).ToDictionary(AnomalyCatalog.NameOf, _checker.Anomalies);
        var writes = new ProducerStatus(
            _incarnations.Sent, _incarnations.Sent, _incarnations.Acknowledged, _incarnations.Failed, _incarnations.Indeterminate, _bytesAcknowledged, LatencySnapshot.Empty);
        var reads = new ConsumerStatus(_checker.ReceivedCount, _source.Bytes, LatencySnapshot.Empty, [.. _owned.Held.Select(Position)], anomalies);
        Volatile.Write(ref _status, new PipelineStatus(writes, reads));
    }

    /// <summary>A record counts as read once its transform is committed.</summary>
    private PartitionPosition Position(int partition)
    {
        if (!_transaction.IsOpen && !_rewindIsDue)
            _done[partition] = _taken[partition];
        return new(_pipeline.From, partition, _done[partition], -1);
    }
}
