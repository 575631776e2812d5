using Marathon.Kafka;

namespace Marathon.EndToEnd.Tests.Matrix;

/// <summary>A producer that once gives a key one more than it has taken from the other.</summary>
internal sealed class GenerousProducer : Misbehaviour
{
    private static readonly TimeSpan s_after = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(1);

    public override async Task RunAsync(KafkaLoad load, CancellationToken ended)
    {
        if (!IsFirst())
        {
            return;
        }

        await Task.Delay(s_after, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!ended.IsCancellationRequested)
        {
            if (await load.ChangeHalfOfTransferAsync(half => half with { Transfer = half.Transfer!.Value with { Amount = half.Transfer.Value.Amount + 1 } }))
            {
                Commit();
                return;
            }

            await Task.Delay(s_between, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
