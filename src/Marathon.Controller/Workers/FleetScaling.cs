using System.Globalization;
using Marathon.Controller.Runs;

namespace Marathon.Controller.Workers;

/// <summary>Changes how many workers a run is to have.</summary>
public static class FleetScaling
{
    /// <summary>The record with another desired count: a new life for each worker that is to come, the last ones released.</summary>
    public static RunRecord To(RunRecord run, int workers, DateTimeOffset now)
    {
        bool late = run.Load.Phase != LoadPhase.None;
        run = run with { Load = run.Load with { Workers = workers } };
        foreach (LifeRecord life in run.Living().Where(l => l.Index >= workers && !l.Released).ToArray())
        {
            run = run.With(life with { Released = true, Draining = true, Detail = "the fleet was made smaller" });
        }

        for (int i = 0; i < workers; i++)
        {
            string worker = string.Create(CultureInfo.InvariantCulture, $"w{i}");
            LifeRecord? last = run.LifeOf(worker);
            // Who is there stays; who was lost, and has no tries left, stays lost.
            if (last is null || last.Attempt != run.Attempt || last is { Released: true, EndedAt: not null })
            {
                run = run.With(new LifeRecord
                {
                    Worker = worker,
                    Index = i,
                    Epoch = (last?.Epoch ?? 0) + 1,
                    Attempt = run.Attempt,
                    StartedAt = now,
                    Added = late,
                });
            }
        }

        return run;
    }

    /// <summary>The workers that are still to come or to go.</summary>
    public static int Unsettled(RunRecord run) => run.Living().Count(l => l.Released || (l.Added && !l.Joined));
}
