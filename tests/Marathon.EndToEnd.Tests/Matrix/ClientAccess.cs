using System.Reflection;
using Confluent.Kafka;
using Marathon.Kafka;
using Marathon.Kafka.Consuming;
using Marathon.Kafka.Producing;

namespace Marathon.EndToEnd.Tests.Matrix;

/// <summary>What is hidden in a load's clients, to do with it what they themselves never would, on their own thread between two rounds.</summary>
internal static class ClientAccess
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;

    /// <summary>Does something with the native client of the first consumer.</summary>
    public static Task WithClientAsync(this KafkaLoad load, Action<IConsumer<int, int>> act)
    {
        KafkaConsumer consumer = Get<List<KafkaConsumer>>(load, "_consumers")[0];
        IConsumer<int, int> client = Get<IConsumer<int, int>>(consumer, "_client");
        return consumer.AskAsync(() => act(client));
    }

    /// <summary>Changes the half of a transfer that the first producer has yet to send; returns whether there was one.</summary>
    public static Task<bool> ChangeHalfOfTransferAsync(this KafkaLoad load, Func<RecordPlan, RecordPlan> change)
    {
        KafkaProducer producer = Get<List<KafkaProducer>>(load, "_producers")[0];
        TransferPlans transfers = Get<TransferPlans>(producer, "_transfers");
        FieldInfo owed = typeof(TransferPlans).GetField("_owed", Hidden)!;
        return producer.AskAsync(() =>
        {
            if (owed.GetValue(transfers) is not RecordPlan half)
            {
                return false;
            }

            owed.SetValue(transfers, change(half));
            return true;
        });
    }

    private static T Get<T>(object of, string field) => (T)of.GetType().GetField(field, Hidden)!.GetValue(of)!;
}
