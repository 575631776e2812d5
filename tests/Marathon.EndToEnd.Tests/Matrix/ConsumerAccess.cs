using System.Reflection;
using Confluent.Kafka;
using Marathon.Kafka;
using Marathon.Kafka.Consuming;

namespace Marathon.EndToEnd.Tests.Matrix;

/// <summary>The native client behind a load's consumer, to do with it what the consumer itself never would.</summary>
internal static class ConsumerAccess
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;

    /// <summary>Does something on the consumer's own thread, between two of its rounds.</summary>
    public static Task WithClientAsync(this KafkaLoad load, Action<IConsumer<int, int>> act)
    {
        KafkaConsumer consumer = ((List<KafkaConsumer>)typeof(KafkaLoad).GetField("_consumers", Hidden)!.GetValue(load)!)[0];
        IConsumer<int, int> client = (IConsumer<int, int>)typeof(KafkaConsumer).GetField("_client", Hidden)!.GetValue(consumer)!;
        return consumer.AskAsync(() => act(client));
    }
}
