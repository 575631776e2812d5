using Confluent.Kafka;

namespace Marathon.Kafka.Admin;

/// <summary>Questions to a client library that block, each on a thread of its own; the client is not to be destroyed before they have ended.</summary>
internal sealed class Questions : IDisposable
{
    // Those under way, and one until the end.
    private readonly CountdownEvent _asking = new(1);

    /// <summary>Asks for metadata; whoever gives the answer up leaves the question to its end.</summary>
    /// <exception cref="ObjectDisposedException">No more questions are taken.</exception>
    public Task<Metadata> AskAsync(Func<Metadata> ask)
    {
        ObjectDisposedException.ThrowIf(!_asking.TryAddCount(), typeof(KafkaAdmin));
        return Task.Factory.StartNew(
            () =>
            {
                try
                {
                    return ask();
                }
                finally
                {
                    _asking.Signal();
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    /// <summary>Takes no more, and waits for those under way.</summary>
    public void Dispose()
    {
        _asking.Signal();
        _asking.Wait();
        _asking.Dispose();
    }
}
