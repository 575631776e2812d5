using Marathon.Workers;

namespace Marathon.Controller.Workers;

/// <summary>The last heartbeat of one life of a worker.</summary>
/// <param name="Worker">The worker's id.</param>
/// <param name="Heartbeat">What it said.</param>
/// <param name="ReceivedAt">When, by the controller's clock.</param>
public sealed record HeartbeatRow(string Worker, Heartbeat Heartbeat, DateTimeOffset ReceivedAt)
{
    /// <summary>The counters with their moment.</summary>
    public CounterRow ToCounters() => new(Worker, Heartbeat.Epoch, Heartbeat.At, Heartbeat.Counters);
}
