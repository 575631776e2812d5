namespace Marathon.Controller.Loop;

/// <summary>What an operator tells the loop.</summary>
public sealed record LoopSignal(LoopSignalKind Kind)
{
    /// <summary>Name of the durable event; the loop keeps one waiter for it.</summary>
    public const string EventName = nameof(LoopSignal);
}
