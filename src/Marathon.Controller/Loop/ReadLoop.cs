using Marathon.Durable;

namespace Marathon.Controller.Loop;

/// <summary>Reads the list as it is now.</summary>
public sealed class ReadLoop(ILoopStore loop) : Activity<object?, LoopPlan>
{
    /// <inheritdoc/>
    public override async Task<LoopPlan> RunAsync(ActivityContext context, object? input) => (await loop.GetAsync(CancellationToken.None)).Plan;
}
