using Marathon.Durable;

namespace Marathon.Controller.Loop;

/// <summary>Writes down what came of a run.</summary>
public sealed class RecordLoopVerdict(ILoopStore loop) : Activity<LoopVerdict, object?>
{
    /// <inheritdoc/>
    public override async Task<object?> RunAsync(ActivityContext context, LoopVerdict input)
    {
        await loop.UpdateAsync(record => record.With(input), CancellationToken.None);
        return null;
    }
}
