using Marathon.Configuration;
using Marathon.Workers.Load;

namespace Marathon.Kafka.Clients;

/// <summary>Properties that a user may not pass through, because the checks rest on them or a key of the spec sets them.</summary>
internal static class ReservedProperties
{
    private const string Remedy = "leave it out";

    private static readonly Dictionary<string, string> s_remedies = new(StringComparer.Ordinal)
    {
        ["bootstrap.servers"] = "name the servers as the cluster",
        ["metadata.broker.list"] = "name the servers as the cluster",
        ["acks"] = "set the key acks",
        ["request.required.acks"] = "set the key acks",
        ["enable.idempotence"] = "set the key guarantee",
        ["transactional.id"] = "set the key guarantee",
        ["retries"] = "set the key guarantee",
        ["message.send.max.retries"] = "set the key guarantee",
        ["compression.type"] = "set the key compression",
        ["compression.codec"] = "set the key compression",
        ["client.id"] = Remedy,
        ["group.id"] = Remedy,
        ["enable.auto.commit"] = Remedy,
        ["auto.commit.enable"] = Remedy,
        ["enable.auto.offset.store"] = Remedy,
        ["auto.offset.reset"] = Remedy,
        ["isolation.level"] = Remedy,
        ["enable.partition.eof"] = Remedy,
        ["delivery.report.only.error"] = Remedy,
        ["queue.buffering.max.messages"] = Remedy,
        ["queue.buffering.max.kbytes"] = Remedy,
    };

    /// <exception cref="SpecException">Names each of them.</exception>
    public static void Refuse(LoadSpec spec)
    {
        var errors = Of("client", spec.ClientProperties)
            .Concat(Of("producer", spec.ProducerProperties))
            .Concat(Of("consumer", spec.ConsumerProperties))
            .ToList();
        if (errors.Count > 0)
            throw new SpecException(errors);
    }

    private static IEnumerable<SpecError> Of(string scope, IReadOnlyDictionary<string, string> properties) =>
        from name in properties.Keys
        let remedy = name.StartsWith("dotnet.", StringComparison.Ordinal) ? Remedy : s_remedies.GetValueOrDefault(name)
        where remedy is not null
        select new SpecError($"config.{scope}.{name}", "Marathon sets this property itself", remedy);
}
