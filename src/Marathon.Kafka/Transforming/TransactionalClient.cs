using Confluent.Kafka;
using Marathon.Kafka.Clients;
using Marathon.Kafka.Producing;
using Marathon.Kafka.Threading;
using Marathon.Workers.Load;
using Microsoft.Extensions.Logging;

namespace Marathon.Kafka.Transforming;

/// <summary>
/// A transactional client that says in errors, not exceptions, how its calls ended. Others are served meanwhile.
/// </summary>
internal sealed class TransactionalClient : IDisposable
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_takeOverWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_discardWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_againAfter = TimeSpan.FromSeconds(1);

    private readonly LoadSpec _spec;
    private readonly ProducerSpec _producer;
    private readonly LoadClock _clock;
    private readonly ILogger _logger;
    private readonly Action _serve;
    private readonly BlockingCalls _calls;
    private readonly Action<DeliveryReport<SendTag, byte[]>> _delivered;
    private IProducer<SendTag, byte[]> _client;

    /// <param name="spec">The load.</param>
    /// <param name="producer">Which of its producers.</param>
    /// <param name="clock">Time.</param>
    /// <param name="logger">Where it says what happens to it.</param>
    /// <param name="serve">Answers what others have asked whoever it belongs to.</param>
    /// <param name="delivered">Takes the outcomes of its sends, never while others are served.</param>
    public TransactionalClient(
        LoadSpec spec, ProducerSpec producer, LoadClock clock, ILogger logger, Action serve, Action<DeliveryReport<SendTag, byte[]>> delivered)
    {
        (_spec, _producer, _clock, _logger, _serve) = (spec, producer, clock, logger, serve);
        _calls = new BlockingCalls(producer.Name, clock, serve);
        _delivered = report => _calls.InTurn(delivered, report);
        _client = Connect();
    }

    /// <summary>Why it can do no more; null while it can.</summary>
    public Error? Fatal { get; private set; }

    public Error? TakeOver() => _calls.Call(_client.InitTransactions, s_takeOverWithin);

    public bool TryBegin()
    {
        try
        {
            _client.BeginTransaction();
            return true;
        }
        catch (KafkaException error)
        {
            Fatal = error.Error;
            return false;
        }
    }

    public bool TryProduce(TopicPartition partition, Message<SendTag, byte[]> message)
    {
        try
        {
            _client.Produce(partition, message, _delivered);
            return true;
        }
        catch (ProduceException<SendTag, byte[]> refused)
        {
            if (refused.Error.IsFatal)
                Fatal = refused.Error;
            return false;
        }
    }

    public void Poll() => _client.Poll(TimeSpan.Zero);

    public void Drain(Func<bool> isOpen, TimeSpan within)
    {
        var deadline = _clock.Refresh() + (long)within.TotalNanoseconds;
        while (Fatal is null && isOpen() && _clock.Now < deadline)
        {
            _serve();
            _client.Poll(s_poll);
        }
    }

    public Error? SendOffsets(IEnumerable<TopicPartitionOffset> offsets, IConsumerGroupMetadata group, TimeSpan within) =>
        _calls.Call(wait => _client.SendOffsetsToTransaction(offsets, group, wait), within);

    public Error? Commit(TimeSpan within) => _calls.Call(_client.CommitTransaction, within);

    /// <returns>Whether the client can go on.</returns>
    public bool Abort(TimeSpan within)
    {
        Fatal ??= _calls.Call(_client.AbortTransaction, within);
        return Fatal is null;
    }

    public void Break(string why) => Fatal ??= new Error(ErrorCode.Local_State, why);

    /// <summary>Lets go of the client, once its open sends have had some time.</summary>
    public void Discard(Func<bool> isOpen)
    {
        var deadline = _clock.Refresh() + (long)s_discardWithin.TotalNanoseconds;
        while (isOpen() && _clock.Now < deadline)
        {
            _serve();
            _client.Poll(s_poll);
        }

        _client.Dispose();
    }

    public void Renew()
    {
        _client = Connect();
        if ((Fatal = TakeOver()) is not null)
            _client.Poll(s_againAfter);
    }

    public void Dispose()
    {
        _calls.Dispose();
        _client.Dispose();
    }

    private IProducer<SendTag, byte[]> Connect()
    {
        var serializer = new SendSerializer();
        return PropertyRefusal.Make("producer", _spec.ProducerProperties, _spec.ClientProperties, () =>
            new ProducerBuilder<SendTag, byte[]>(ClientProperties.Producer(_spec, _producer))
                .SetKeySerializer(serializer)
                .SetValueSerializer(serializer)
                .SetLogHandler((_, message) => _logger.ClientLog(_producer.Name, message.Facility, message.Message))
                .SetErrorHandler((_, error) =>
                {
                    _logger.ClientError(_producer.Name, error.Code, error.Reason);
                    if (error.IsFatal)
                        Fatal = error;
                })
                .Build());
    }
}
