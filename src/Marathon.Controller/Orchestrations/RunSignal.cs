namespace Marathon.Controller.Orchestrations;

/// <summary>What operators, watchers and stages tell a run.</summary>
/// <param name="Kind">What.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="RatePerSecond">With a change of throughput: the new rate; null is as fast as it goes.</param>
/// <param name="Living">With a change of the fleet: how many workers are left, replacements included.</param>
/// <param name="Stage">Of a stage that has stopped: its instance id.</param>
public sealed record RunSignal(RunSignalKind Kind, string? Reason = null, double? RatePerSecond = null, int Living = 0, string? Stage = null)
{
    /// <summary>Name of the durable event; the run keeps one waiter for it.</summary>
    public const string EventName = nameof(RunSignal);
}
