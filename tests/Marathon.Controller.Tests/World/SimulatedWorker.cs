using Marathon.Workers;
using Marathon.Workers.Commands;
using Marathon.Workers.Load;

namespace Marathon.Controller.Tests.World;

/// <summary>A worker without a process: counts by the clock what it was told to produce, and reads it at once.</summary>
public sealed class SimulatedWorker(string worker, int epoch, int pid, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly HashSet<string> done = [];
    private double produced;
    private DateTimeOffset since = time.GetUtcNow();
    private double rate;
    private long number;
    private DateTimeOffset? diedAt;

    public string Worker { get; } = worker;

    public int Epoch { get; } = epoch;

    public int Pid { get; } = pid;

    public WorkerPhase Phase { get; private set; } = WorkerPhase.Idle;

    public LoadSpec? Load { get; private set; }

    public List<WorkerCommand> Commands { get; } = [];

    public bool Alive => diedAt is null;

    public double Rate => rate;

    public string? Error { get; set; }

    /// <summary>Its heartbeats stop, its process goes on.</summary>
    public bool Silent { get; private set; }

    public void Kill()
    {
        lock (gate)
        {
            Settle();
            diedAt ??= time.GetUtcNow();
        }
    }

    public void FallSilent()
    {
        Heartbeat();
        lock (gate)
        {
            Silent = true;
        }
    }

    public CommandAnswer Obey(string commandId, WorkerCommand command, System.Text.Json.JsonElement? body)
    {
        lock (gate)
        {
            if (done.Add(commandId))
            {
                Settle();
                Commands.Add(command);
                Apply(command, body);
            }

            return new CommandAnswer(commandId, Phase, 1);
        }
    }

    public (Heartbeat Beat, DateTimeOffset At) Heartbeat()
    {
        lock (gate)
        {
            Settle();
            DateTimeOffset at = Silent ? lastBeat : diedAt ?? time.GetUtcNow();
            lastBeat = at;
            long acked = (long)produced;
            return (new Heartbeat
            {
                Epoch = Epoch,
                Number = ++number,
                At = at,
                Phase = Error is null ? Phase : WorkerPhase.Failed,
                Error = Error,
                Counters = new LoadCounters { Sent = acked, Acked = acked, Scheduled = acked, Received = acked },
                Positions = [.. (Load?.Consumers ?? []).SelectMany(c => c.Partitions.Select(p => new PartitionPosition(c.Topic, p, 1_000_000, 1_000_000)))],
            }, at);
        }
    }

    private DateTimeOffset lastBeat = time.GetUtcNow();

    private void Settle()
    {
        DateTimeOffset now = diedAt ?? time.GetUtcNow();
        produced += rate * Math.Max(0, (now - since).TotalSeconds);
        since = now;
    }

    private void Apply(WorkerCommand command, System.Text.Json.JsonElement? body)
    {
        switch (command)
        {
            case WorkerCommand.Initialise:
                Load = System.Text.Json.JsonSerializer.Deserialize(body!.Value, WorkerJson.Default.LoadSpec);
                Phase = WorkerPhase.Ready;
                break;
            case WorkerCommand.Start:
                Phase = WorkerPhase.Running;
                rate = Load!.RatePerSecond ?? 100_000;
                break;
            case WorkerCommand.Throughput:
                double? asked = System.Text.Json.JsonSerializer.Deserialize(body!.Value, WorkerJson.Default.ThroughputChange)!.RatePerSecond;
                Load = Load! with { RatePerSecond = asked };
                rate = Phase == WorkerPhase.Running ? asked ?? 100_000 : 0;
                break;
            case WorkerCommand.Stop:
                Phase = WorkerPhase.Stopped;
                rate = 0;
                break;
            case WorkerCommand.Shutdown:
                Phase = WorkerPhase.Done;
                rate = 0;
                diedAt = time.GetUtcNow();
                break;
        }
    }
}
