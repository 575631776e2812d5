using Marathon.Controller.Evidence;
using Marathon.Controller.Fleets;
using Marathon.Controller.Runs;
using Marathon.Verification;
using Marathon.Workers;

namespace Marathon.Controller.Workers;

/// <summary>Says which lives have ended and how: by what the fleet's provider knows of the process, else by missed heartbeats.</summary>
public sealed class LifeJudge(IHeartbeats heartbeats, IFleetProvider fleet, IWorkerRegistry registry, IEvidenceStore evidence, TimeProvider time)
{
    /// <summary>Those of the lives that have ended, each with its end.</summary>
    public async Task<IReadOnlyList<LifeRecord>> EndedAsync(RunRecord run, IReadOnlyList<LifeRecord> living, CancellationToken cancellationToken)
    {
        if (living.Count == 0)
        {
            return [];
        }

        Dictionary<(string, int), WorkerInstance> instances =
            (await fleet.ListAsync(run.RunId, cancellationToken)).ToDictionary(i => (i.Worker, i.Epoch));
        Dictionary<(string, int), HeartbeatRow> rows =
            (await heartbeats.ListAsync(run.RunId, cancellationToken)).ToDictionary(r => (r.Worker, r.Heartbeat.Epoch));
        Dictionary<(string, int), RegisteredWorker> registered =
            (await registry.ListAsync(run.RunId, cancellationToken)).ToDictionary(r => (r.Worker, r.Registration.Epoch));
        List<LifeRecord> ended = [];
        foreach (LifeRecord life in living)
        {
            (string, int) key = (life.Worker, life.Epoch);
            LifeRecord known = life with { Pid = life.Pid ?? instances.GetValueOrDefault(key)?.Pid };
            if (await JudgeAsync(run, known, instances.GetValueOrDefault(key), rows.GetValueOrDefault(key), registered.GetValueOrDefault(key), cancellationToken) is { } end)
            {
                ended.Add(end);
            }
        }

        return ended;
    }

    private async Task<LifeRecord?> JudgeAsync(
        RunRecord run, LifeRecord life, WorkerInstance? instance, HeartbeatRow? row, RegisteredWorker? registered, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        LifeRecord End(WorkerEnd end, string? detail) => life with { EndedAt = now, End = end, Detail = detail ?? life.Detail };
        if (instance is { Alive: false })
        {
            return row?.Heartbeat.Phase == WorkerPhase.Done || await WentInOrderAsync(run, life, cancellationToken)
                ? End(life.Draining ? WorkerEnd.Drained : WorkerEnd.Done, null)
                : End(life.Draining ? WorkerEnd.Drained : WorkerEnd.Killed, instance.Detail ?? "its process is gone");
        }

        if (row?.Heartbeat is { Phase: WorkerPhase.Failed } failed)
        {
            return End(WorkerEnd.Lost, $"its load broke: {failed.Error ?? "it did not say how"}");
        }

        if (registered is null)
        {
            return now - Later(life.StartedAt, heartbeats.ListeningSince) > run.Settings.RegisterWithin
                ? End(WorkerEnd.Lost, $"it did not register within {run.Settings.RegisterWithin.TotalSeconds:0} s")
                : null;
        }

        DateTimeOffset heard = row?.ReceivedAt ?? registered.At;
        TimeSpan patience = instance is { Running: true } ? run.Settings.RunningHeartbeatTimeout : run.Settings.HeartbeatTimeout;
        return now - Later(heard, heartbeats.ListeningSince) > patience
            ? End(life.Draining ? WorkerEnd.Drained : WorkerEnd.Lost, $"no heartbeat since {heard:HH:mm:ss}Z")
            : null;
    }

    // The last checkpoint of an orderly end says so.
    private async Task<bool> WentInOrderAsync(RunRecord run, LifeRecord life, CancellationToken cancellationToken) =>
        await evidence.FindAsync(run.RunId, life.Worker, life.Epoch, cancellationToken) is { } last && EvidenceJson.Read(last.Content.Span).Final;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
