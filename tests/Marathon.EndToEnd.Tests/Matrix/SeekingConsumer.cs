using Confluent.Kafka;
using Marathon.Kafka;

namespace Marathon.EndToEnd.Tests.Matrix;

/// <summary>A consumer that now and then goes some records back, or some ahead, and tells nobody.</summary>
/// <param name="by">How many offsets; negative goes back.</param>
internal sealed class SeekingConsumer(int by) : Misbehaviour
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_answerWithin = TimeSpan.FromSeconds(10);

    public override async Task RunAsync(KafkaLoad load, CancellationToken ended)
    {
        if (!IsFirst())
        {
            return;
        }

        await Task.Delay(s_every, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!ended.IsCancellationRequested)
        {
            await load.WithClientAsync(client => Seek(client, ended));
            await Task.Delay(s_every, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Seek(IConsumer<int, int> client, CancellationToken ended)
    {
        TopicPartition partition = client.Assignment[0];
        long next = client.Position(partition).Value;
        if (next < Math.Abs(by))
        {
            return;
        }

        // Whoever jumps ahead must jump over records, and land on one.
        while (client.QueryWatermarkOffsets(partition, s_answerWithin).High.Value <= next + Math.Abs(by))
        {
            if (ended.IsCancellationRequested)
            {
                return;
            }
        }

        client.Seek(new TopicPartitionOffset(partition, next + by));
        Commit(Math.Abs(by));
    }
}
