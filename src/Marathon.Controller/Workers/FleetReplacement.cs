using System.Globalization;
using Marathon.Configuration;
using Marathon.Controller.Runs;
using Marathon.Runs;

namespace Marathon.Controller.Workers;

/// <summary>Replaces lost workers in place: same id, next epoch.</summary>
public static class FleetReplacement
{
    private static readonly TimeSpan ReplacementWindow = TimeSpan.FromHours(1);

    /// <summary>Writes an end down, once: the first that was noticed stands.</summary>
    public static RunRecord End(RunRecord run, LifeRecord ended) =>
        run.LifeOf(ended.Worker, ended.Epoch) is { EndedAt: null } life
            ? run.With(life with { Pid = ended.Pid, EndedAt = ended.EndedAt, End = ended.End, Detail = ended.Detail })
            : run;

    /// <summary>Adds a life for every worker that has none, while there is still load to come and the worker's tries are not used up.</summary>
    public static RunRecord Replace(RunRecord run, DateTimeOffset now)
    {
        bool loadToCome = run.Load.Phase != LoadPhase.Stopped
            && run.Stages is [.., { EndedAt: null } stage] && stage.Name != EnumText.Name(StageName.Cleanup);
        if (!loadToCome)
        {
            return run;
        }

        foreach (IGrouping<string, LifeRecord> lives in run.Workers.Where(l => l.Attempt == run.Attempt).GroupBy(l => l.Worker).ToArray())
        {
            LifeRecord last = lives.Last();
            if (last is { EndedAt: not null, ReplacedBy: null } && last.Index < run.DesiredWorkers
                && lives.Count(l => l.Replaces is not null && l.StartedAt > now - ReplacementWindow) < run.Settings.MaxReplacements)
            {
                run = run.With(last with { ReplacedBy = last.Epoch + 1 }).With(new LifeRecord
                {
                    Worker = last.Worker,
                    Index = last.Index,
                    Epoch = last.Epoch + 1,
                    Attempt = last.Attempt,
                    StartedAt = now,
                    Replaces = last.Epoch,
                });
            }
        }

        return run;
    }

    /// <summary>An end in a sentence.</summary>
    public static string Tell(LifeRecord life)
    {
        string end = life.End switch
        {
            WorkerEnd.Done => "ended in order",
            WorkerEnd.Drained => "was told to go and went",
            WorkerEnd.Lost => "was lost",
            _ => "was killed",
        };
        string text = string.Create(CultureInfo.InvariantCulture, $"{life} {end} at {life.EndedAt:yyyy-MM-dd'T'HH:mm:ss'Z'}");
        return text + (life.Detail is { } detail ? $" ({detail})" : "") + (life.ReplacedBy is { } next ? $"; its life {next} takes over" : "");
    }
}
