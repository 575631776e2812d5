using Marathon.Kafka.Admin;

namespace Marathon.Controller.Topics;

/// <summary>A client that several ask at once; disposed of once it is retired and nobody uses it any more.</summary>
internal sealed class SharedAdmin(Func<KafkaAdmin> connect)
{
    private readonly Lock sync = new();
    private KafkaAdmin? admin;
    private int users;
    private bool retired;

    /// <summary>Takes part in it; false once it is retired.</summary>
    public bool TryEnter(out KafkaAdmin entered)
    {
        lock (sync)
        {
            if (retired)
            {
                entered = null!;
                return false;
            }

            entered = admin ??= connect();
            users++;
            return true;
        }
    }

    /// <summary>Has no further use for it.</summary>
    public void Leave() => DisposeWhen(() => --users);

    /// <summary>Nobody is to enter any more.</summary>
    public void Retire() => DisposeWhen(() =>
    {
        retired = true;
        return users;
    });

    private void DisposeWhen(Func<int> left)
    {
        KafkaAdmin? unused = null;
        lock (sync)
        {
            if (left() == 0 && retired)
            {
                (unused, admin) = (admin, null);
            }
        }

        unused?.Dispose();
    }
}
