using System.Collections.Concurrent;
using Confluent.Kafka;
using Marathon.Records;

namespace Marathon.Kafka.Threading;

/// <summary>
/// Calls of a client library that block for long, on a thread of their own, while whoever the client belongs to goes on answering.
/// The library would have such calls made with a short time-out, and again; but where its own threads were late by that time-out it
/// takes the answer to the first for one to the second, and has been seen to end the process over it.
/// </summary>
/// <param name="name">Whose calls.</param>
/// <param name="clock">Time.</param>
/// <param name="serve">Answers what others have asked the owner meanwhile; does not call the client.</param>
internal sealed class BlockingCalls(string name, LoadClock clock, Action serve) : IDisposable
{
    private static readonly TimeSpan s_serveEvery = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(500), s_again = TimeSpan.FromMilliseconds(20);
    private readonly BlockingCollection<Action> _calls = [];
    private readonly Lock _turn = new();
    private Thread? _thread;
    private volatile bool _isCalling;

    /// <summary>Calls, and calls again what may be tried again, for so long; the owner's thread alone may.</summary>
    /// <param name="call">The call; it is given its time-out.</param>
    /// <param name="within">How long at most.</param>
    /// <returns>Why it failed; null when it did not.</returns>
    public Error? Call(Action<TimeSpan> call, TimeSpan within)
    {
        var deadline = clock.Refresh() + (long)within.TotalNanoseconds;
        Exception? failure = null;
        using var ended = new ManualResetEventSlim();
        _isCalling = true;
        Begin(() =>
        {
            try
            {
                CallUntil(call, deadline);
            }
            catch (Exception thrown)
            {
                failure = thrown;
            }
            finally
            {
                ended.Set();
            }
        });
        while (!ended.Wait(s_serveEvery))
        {
            lock (_turn)
                serve();
        }

        _isCalling = false;
        clock.Refresh();
        return failure switch
        {
            null => null,
            KafkaException refused => refused.Error,
            _ => throw new InvalidOperationException($"{name}: {failure.Message}", failure),
        };
    }

    /// <summary>What the library calls back with: in a call it does so on the call's thread, and then not while the owner answers others.</summary>
    public void InTurn<T>(Action<T> callback, T with)
    {
        if (!_isCalling)
        {
            callback(with);
            return;
        }

        lock (_turn)
            callback(with);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _calls.CompleteAdding();
        _thread?.Join();
        _calls.Dispose();
    }

    private void Begin(Action call)
    {
        if (_thread is null)
        {
            _thread = new Thread(Run) { Name = $"{name} calls", IsBackground = true };
            _thread.Start();
        }

        _calls.Add(call);
    }

    private void Run()
    {
        foreach (var call in _calls.GetConsumingEnumerable())
            call();
    }

    private void CallUntil(Action<TimeSpan> call, long deadline)
    {
        while (true)
        {
            var left = TimeSpan.FromMicroseconds((deadline - clock.Now) / RecordTime.NanosecondsPerMicrosecond);
            try
            {
                call(left > s_shortest ? left : s_shortest);
                return;
            }
            catch (KafkaRetriableException) when (clock.Now < deadline)
            {
                Thread.Sleep(s_again);
            }
        }
    }
}
