using System.Globalization;
using Marathon.Verification;
using Marathon.Workers.Load;

namespace Marathon.Kafka.Clients;

/// <summary>The properties of a run's Kafka clients: what the guarantee and the checks need, then what the user asks for.</summary>
public static class ClientProperties
{
    /// <summary>Bytes that a producer fills a batch with, and so the length of a run of records to one partition.</summary>
    public const int BatchBytes = 262_144;

    /// <summary>How long a producer waits for a batch to fill.</summary>
    public static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(5);

    private const string TransactionTimeoutMilliseconds = "10000";
    private const int LibraryMessageBytes = 1_000_000;
    private const int RecordOverheadBytes = 64 * 1024;

    /// <summary>Properties of one of the spec's producers.</summary>
    /// <exception cref="Configuration.SpecException">A property is Marathon's own to set.</exception>
    public static Dictionary<string, string> Producer(LoadSpec spec, ProducerSpec producer)
    {
        ReservedProperties.Refuse(spec);
        var properties = Client(spec, producer.Name);
        properties["acks"] = spec.Acks.ToString(CultureInfo.InvariantCulture);
        properties["compression.type"] = spec.Compression;
        properties["linger.ms"] = Linger.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
        properties["batch.size"] = BatchBytes.ToString(CultureInfo.InvariantCulture);
        properties["delivery.timeout.ms"] = DeliveryTimeout(spec.Guarantee);
        properties["message.max.bytes"] = MessageBytes(spec).ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in Guarantees(spec.Guarantee, producer.TransactionalId))
            properties[name] = value;

        // The sender keeps count of what is in flight and stops well before either bound, for running into them is an exception.
        properties["queue.buffering.max.messages"] = "0";
        properties["queue.buffering.max.kbytes"] = "2097151";
        properties["dotnet.producer.enable.background.poll"] = "false";
        properties["dotnet.producer.delivery.report.fields"] = "key,status";
        return Overlay(properties, spec.ClientProperties, spec.ProducerProperties);
    }

    /// <summary>Properties of a consumer of the spec.</summary>
    /// <exception cref="Configuration.SpecException">A property is Marathon's own to set.</exception>
    public static Dictionary<string, string> Consumer(LoadSpec spec, string name, string group)
    {
        ReservedProperties.Refuse(spec);
        var properties = Client(spec, name);
        properties["group.id"] = group;
        properties["enable.auto.commit"] = "false";
        properties["enable.auto.offset.store"] = "false";
        properties["auto.offset.reset"] = "error";
        properties["isolation.level"] = "read_committed";
        properties["fetch.error.backoff.ms"] = "100";

        // By default the library, once its queue is full, does not fetch for a second, and a reader that is quick waits for it.
        properties["fetch.queue.backoff.ms"] = "10";

        // Only this tells that a position has passed offsets without a record at the end of the log: markers, aborted records, lost ones.
        properties["enable.partition.eof"] = "true";
        properties["fetch.message.max.bytes"] = Math.Max(1_048_576, MessageBytes(spec)).ToString(CultureInfo.InvariantCulture);
        if (!spec.ConsumerProperties.TryGetValue("group.protocol", out var protocol) || protocol != "consumer")
            properties["session.timeout.ms"] = "10000";
        properties["dotnet.consumer.consume.result.fields"] = "timestamp,headers";
        return Overlay(properties, spec.ClientProperties, spec.ConsumerProperties);
    }

    /// <summary>Properties of an administrative client.</summary>
    public static Dictionary<string, string> Admin(string bootstrapServers, IReadOnlyDictionary<string, string> clientProperties)
    {
        var properties = Connection(bootstrapServers);
        properties["client.id"] = "marathon-admin";

        // Whom the library believes to be the controller may hang: until a request to it has timed out nobody else is asked.
        properties["socket.timeout.ms"] = "3000";

        // Who asks whether there is a topic does not want to make it.
        properties["allow.auto.create.topics"] = "false";
        return Overlay(properties, clientProperties);
    }

    /// <summary>Properties of a consumer that reads places of a log by their offsets, and is told where it ends.</summary>
    /// <param name="bootstrapServers"><c>host:port,…</c></param>
    /// <param name="clientProperties">Further properties of clients, by their Kafka names.</param>
    /// <param name="name">Its name.</param>
    /// <param name="isolation">What of transactions it is given.</param>
    /// <param name="fields">What it wants of a record beside key and value: <c>timestamp,headers</c>.</param>
    public static Dictionary<string, string> Rereader(
        string bootstrapServers, IReadOnlyDictionary<string, string> clientProperties, string name, Isolation isolation, string fields)
    {
        var properties = Admin(bootstrapServers, clientProperties);
        properties["client.id"] = $"marathon-{name}";
        properties["group.id"] = $"marathon-{name}";
        properties["enable.auto.commit"] = "false";
        properties["enable.auto.offset.store"] = "false";
        properties["auto.offset.reset"] = "error";
        properties["enable.partition.eof"] = "true";
        properties["isolation.level"] = isolation == Isolation.ReadUncommitted ? "read_uncommitted" : "read_committed";
        properties["dotnet.consumer.consume.result.fields"] = fields;
        return properties;
    }

    private static Dictionary<string, string> Client(LoadSpec spec, string name)
    {
        var properties = Connection(spec.BootstrapServers);
        properties["client.id"] = $"marathon-{spec.RunId}-{name}";
        return properties;
    }

    private static Dictionary<string, string> Connection(string bootstrapServers) => new(StringComparer.Ordinal)
    {
        ["bootstrap.servers"] = bootstrapServers,

        // A broker that comes back should be measured, not the client's ten seconds of waiting for it.
        ["reconnect.backoff.max.ms"] = "1000",
    };

    private static IEnumerable<(string Name, string Value)> Guarantees(Guarantee guarantee, string? transactionalId) => guarantee switch
    {
        Guarantee.AtMostOnce => [("message.send.max.retries", "0")],
        Guarantee.AtLeastOnce => [("enable.idempotence", "false")],
        Guarantee.Idempotent => [("enable.idempotence", "true")],
        Guarantee.ExactlyOnce when transactionalId is not null =>
            [("enable.idempotence", "true"), ("transactional.id", transactionalId), ("transaction.timeout.ms", TransactionTimeoutMilliseconds)],
        _ => [("enable.idempotence", "true")],
    };

    // An idempotent client whose records time out begins a new epoch, and sends with it again what it had sent and not got an
    // answer for: records twice, and not by the broker's doing. So its records never time out; the end of the load gives them up.
    private static string DeliveryTimeout(Guarantee guarantee) => guarantee switch
    {
        Guarantee.Idempotent => "0",
        Guarantee.ExactlyOnce => TransactionTimeoutMilliseconds,
        _ => "120000",
    };

    private static int MessageBytes(LoadSpec spec) => Math.Max(LibraryMessageBytes, spec.RecordSizeBytes + RecordOverheadBytes);

    private static Dictionary<string, string> Overlay(Dictionary<string, string> properties, params IReadOnlyDictionary<string, string>[] layers)
    {
        foreach (var (name, value) in layers.SelectMany(layer => layer))
            properties[name] = value;
        return properties;
    }
}
