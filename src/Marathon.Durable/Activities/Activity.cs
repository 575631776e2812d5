namespace Marathon.Durable;

/// <summary>A step of an orchestration that may do anything. It runs at least once: make it safe to run again.</summary>
public abstract class Activity<TInput, TOutput> : IActivity
{
    Type IActivity.InputType => typeof(TInput);

    Type IActivity.OutputType => typeof(TOutput);

    public abstract Task<TOutput> RunAsync(ActivityContext context, TInput input);

    async Task<object?> IActivity.RunAsync(ActivityContext context, object? input) =>
        await RunAsync(context, TaskInput.As<TInput>(input));
}
