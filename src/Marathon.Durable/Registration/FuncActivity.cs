namespace Marathon.Durable;

internal sealed class FuncActivity<TInput, TOutput>(Func<ActivityContext, TInput, Task<TOutput>> function)
    : Activity<TInput, TOutput>
{
    public override Task<TOutput> RunAsync(ActivityContext context, TInput input) => function(context, input);
}
