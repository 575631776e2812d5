using Marathon.Controller.Http;

namespace Marathon.Cli.Running;

/// <summary>Turns looks at a run into rates over the last few seconds.</summary>
internal sealed class RateMeter(TimeProvider clock)
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(3);
    private readonly Queue<(long At, long Acked, long Received)> looks = new();

    /// <summary>Takes a look in.</summary>
    public RunProgress Take(RunSummary run)
    {
        (long At, long Acked, long Received) now = (clock.GetTimestamp(), run.Counters?.Acked ?? 0, run.Counters?.Received ?? 0);
        looks.Enqueue(now);
        while (looks.Count > 2 && clock.GetElapsedTime(looks.Peek().At, now.At) > s_window)
        {
            looks.Dequeue();
        }

        (long At, long Acked, long Received) then = looks.Peek();
        double seconds = clock.GetElapsedTime(then.At, now.At).TotalSeconds;

        // A replaced worker's counters begin anew.
        return new RunProgress(
            run,
            clock.GetUtcNow() - run.StartedAt,
            seconds > 0 ? Math.Max(0, now.Acked - then.Acked) / seconds : 0,
            seconds > 0 ? Math.Max(0, now.Received - then.Received) / seconds : 0);
    }
}
