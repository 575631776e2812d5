using Marathon.Configuration;

namespace Marathon.Workers.Load;

/// <summary>Looks for contradictions in a load spec, whoever sent it.</summary>
public static class LoadSpecCheck
{
    /// <summary>The least size of a record's value.</summary>
    public const int MinimumRecordSizeBytes = Records.RecordCodec.MinimumSize;

    private static readonly string[] s_compressions = ["none", "gzip", "snappy", "lz4", "zstd"];

    /// <exception cref="SpecException">Names every field that is wrong.</exception>
    public static void Refuse(LoadSpec spec)
    {
        var errors = Errors(spec).ToList();
        if (errors.Count > 0)
            throw new SpecException(errors);
    }

    private static IEnumerable<SpecError> Errors(LoadSpec spec) =>
        Values(spec).Concat(Topics(spec)).Concat(Producers(spec)).Concat(Consumers(spec)).Concat(Pipelines(spec));

    private static IEnumerable<SpecError> Values(LoadSpec spec)
    {
        if (string.IsNullOrWhiteSpace(spec.RunId))
            yield return new("runId", "is empty", "name the run");
        if (string.IsNullOrWhiteSpace(spec.BootstrapServers))
            yield return new("bootstrapServers", "is empty", "say host:port,…");
        if (spec.Acks is not (0 or 1 or -1))
            yield return new("acks", $"is {spec.Acks}", "use 0, 1 or -1");
        if (spec.Acks != -1 && spec.Guarantee is Guarantee.Idempotent or Guarantee.ExactlyOnce)
            yield return new("acks", $"acks {spec.Acks} cannot give guarantee {spec.Guarantee}", "use -1");
        if (spec.RecordSizeBytes < MinimumRecordSizeBytes)
            yield return new("recordSizeBytes", $"is {spec.RecordSizeBytes}", $"use {MinimumRecordSizeBytes} or more: the header takes them");
        if (spec.Compressibility is not (>= 0 and <= 1))
            yield return new("compressibility", $"is {spec.Compressibility}", "use a share from 0 to 1");
        if (spec.Keys is < 0 or > 4096)
            yield return new("keys", $"is {spec.Keys}", "use 0 to 4096");
        if (!s_compressions.Contains(spec.Compression))
            yield return new("compression", $"is '{spec.Compression}'", $"use one of {string.Join(", ", s_compressions)}");
        if (spec.Transactions is not { Records: >= 1, Milliseconds: > 0 and < 10_000, AbortShare: >= 0 and <= 1 })
            yield return new("transactions", $"is {spec.Transactions}", "use 1 record or more, less than 10,000 ms (transactions time out then), and a share from 0 to 1");
        if (spec.Transactions.TakeOverMilliseconds is <= 0)
            yield return new("transactions.takeOverMilliseconds", $"is {spec.Transactions.TakeOverMilliseconds}", "use more than 0, or null for never");
        if (spec.Transactions.Transfers && (spec.Keys < 2 || spec.Compacted))
            yield return new("transactions.transfers", spec.Compacted ? "goes with no compacted topic, for compaction removes what it counts" : $"needs two keys, there are {spec.Keys}", "use keys and no compaction");
        if (spec.Transactions.Transfers && spec.RecordSizeBytes < MinimumRecordSizeBytes + Records.ExtensionBlocks.TransferSize)
            yield return new("recordSizeBytes", $"is {spec.RecordSizeBytes}", $"use {MinimumRecordSizeBytes + Records.ExtensionBlocks.TransferSize} or more: a transfer says from whom to whom");
        if (spec.RatePerSecond is not (null or (>= 0 and < double.PositiveInfinity)))
            yield return new("ratePerSecond", $"is {spec.RatePerSecond}", "use 0 or more, or null for as fast as it goes");
    }

    private static IEnumerable<SpecError> Topics(LoadSpec spec)
    {
        for (var i = 0; i < spec.Topics.Count; i++)
        {
            var topic = spec.Topics[i];
            if (string.IsNullOrWhiteSpace(topic.Name))
                yield return new($"topics[{i}].name", "is empty", "name the topic");
            if (topic.Id < 1)
                yield return new($"topics[{i}].id", $"is {topic.Id}", "count topics from 1");
            if (topic.Partitions < 1)
                yield return new($"topics[{i}].partitions", $"is {topic.Partitions}", "use 1 or more");
            if (spec.Topics.Take(i).Any(other => other.Name == topic.Name || other.Id == topic.Id))
                yield return new($"topics[{i}]", "has the name or the id of another topic", "give each its own");
        }
    }

    private static IEnumerable<SpecError> Producers(LoadSpec spec)
    {
        for (var i = 0; i < spec.Producers.Count; i++)
        {
            var producer = spec.Producers[i];
            if (spec.Topics.All(topic => topic.Name != producer.Topic))
                yield return new($"producers[{i}].topic", $"'{producer.Topic}' is not among the topics", "add it to topics");
            if (spec.Guarantee == Guarantee.ExactlyOnce && string.IsNullOrWhiteSpace(producer.TransactionalId))
                yield return new($"producers[{i}].transactionalId", "is empty", "exactly-once needs one, stable across replacements");
            if (producer.Incarnation < 1)
                yield return new($"producers[{i}].incarnation", $"is {producer.Incarnation}", "use 1 or more, never the same twice in a run");
            if (spec.Producers.Take(i).Any(other =>
                    other.Name == producer.Name || Math.Abs(other.Incarnation - producer.Incarnation) < ProducerSpec.IncarnationsPerLife))
            {
                yield return new($"producers[{i}]", "has the name of another producer, or an incarnation of its block", "give each its own");
            }
        }
    }

    private static IEnumerable<SpecError> Pipelines(LoadSpec spec)
    {
        if (spec.Pipelines.Count > 0 && spec.Guarantee != Guarantee.ExactlyOnce)
            yield return new("pipelines", $"cannot have guarantee {spec.Guarantee}", "ask for exactly-once");
        if (spec.Pipelines.Count > 0 && spec.RecordSizeBytes < MinimumRecordSizeBytes + Records.ExtensionBlocks.SourceSize)
            yield return new("recordSizeBytes", $"is {spec.RecordSizeBytes}", $"use {MinimumRecordSizeBytes + Records.ExtensionBlocks.SourceSize} or more: a transformed record says where it came from");
        for (var i = 0; i < spec.Pipelines.Count; i++)
        {
            var pipeline = spec.Pipelines[i];
            if (pipeline.From == pipeline.To || spec.Topics.Count(topic => topic.Name == pipeline.From || topic.Name == pipeline.To) != 2)
                yield return new($"pipelines[{i}]", $"goes from '{pipeline.From}' to '{pipeline.To}'", "name two of the topics");
            if (string.IsNullOrWhiteSpace(pipeline.Group) || string.IsNullOrWhiteSpace(pipeline.TransactionalId))
                yield return new($"pipelines[{i}]", "lacks its group or its transactionalId", "name both");
            if (pipeline.Incarnation < 1
                || spec.Pipelines.Take(i).Select(other => other.Incarnation).Concat(spec.Producers.Select(producer => producer.Incarnation))
                    .Any(other => Math.Abs(other - pipeline.Incarnation) < ProducerSpec.IncarnationsPerLife))
            {
                yield return new($"pipelines[{i}].incarnation", $"is {pipeline.Incarnation}", "give each a block of its own");
            }
        }
    }

    private static IEnumerable<SpecError> Consumers(LoadSpec spec)
    {
        for (var i = 0; i < spec.Consumers.Count; i++)
        {
            var consumer = spec.Consumers[i];
            var topic = spec.Topics.FirstOrDefault(topic => topic.Name == consumer.Topic);
            if (topic is null)
                yield return new($"consumers[{i}].topic", $"'{consumer.Topic}' is not among the topics", "add it to topics");
            else if (consumer.Partitions.Any(partition => partition < 0 || partition >= topic.Partitions))
                yield return new($"consumers[{i}].partitions", $"names a partition that {topic.Name} does not have", $"use 0 to {topic.Partitions - 1}");
            if (consumer.Partitions.Distinct().Count() != consumer.Partitions.Count)
                yield return new($"consumers[{i}].partitions", "names a partition twice", "name each once");
            if (string.IsNullOrWhiteSpace(consumer.Group))
                yield return new($"consumers[{i}].group", "is empty", "name the group");
            if (spec.Consumers.Take(i).Any(other => other.Name == consumer.Name))
                yield return new($"consumers[{i}].name", $"'{consumer.Name}' is the name of another consumer", "give each its own");
        }
    }
}
