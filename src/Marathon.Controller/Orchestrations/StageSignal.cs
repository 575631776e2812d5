namespace Marathon.Controller.Orchestrations;

/// <summary>What the run tells its stage.</summary>
/// <param name="Kind">What.</param>
/// <param name="Reason">Why.</param>
/// <param name="RatePerSecond">With a change of throughput: the new rate; null is as fast as it goes.</param>
public sealed record StageSignal(StageSignalKind Kind, string? Reason = null, double? RatePerSecond = null)
{
    /// <summary>Name of the durable event; the stage keeps one waiter for it.</summary>
    public const string EventName = nameof(StageSignal);
}
