using Marathon.Kafka;
using Marathon.Kafka.Consuming;

namespace Marathon.EndToEnd.Tests.Matrix;

/// <summary>A consumer that holds its partitions and takes nothing from them.</summary>
internal sealed class SleepingConsumer : Misbehaviour
{
    public override async Task RunAsync(KafkaLoad load, CancellationToken ended)
    {
        if (!IsFirst())
        {
            return;
        }

        long since = TimeProvider.System.GetTimestamp();
        await load.WithClientAsync(client => client.Pause(client.Assignment));
        await Task.Delay(Timeout.Infinite, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Commit((long)(TimeProvider.System.GetElapsedTime(since) / StuckWatch.Patience));
        await load.WithClientAsync(client => client.Resume(client.Assignment));
    }
}
