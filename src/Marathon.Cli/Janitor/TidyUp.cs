using Marathon.Durable;

namespace Marathon.Cli.Janitor;

/// <summary>One turn of the janitor; answers how much it removed.</summary>
internal sealed class TidyUp(LocalJanitor janitor) : Activity<object?, int>
{
    /// <inheritdoc/>
    public override Task<int> RunAsync(ActivityContext context, object? input) => janitor.TurnAsync();
}
