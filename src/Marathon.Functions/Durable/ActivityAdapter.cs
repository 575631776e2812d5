using Marathon.Durable;
using Sdk = Microsoft.DurableTask;

namespace Marathon.Functions.Durable;

/// <summary>An activity of ours as the SDK runs it.</summary>
internal sealed class ActivityAdapter(IActivity activity) : Sdk.ITaskActivity
{
    public Type InputType => activity.InputType;

    public Type OutputType => activity.OutputType;

    public Task<object?> RunAsync(Sdk.TaskActivityContext context, object? input) => activity.RunAsync(new Context(context), input);

    private sealed class Context(Sdk.TaskActivityContext context) : ActivityContext
    {
        public override TaskName Name => context.Name.Name;

        public override string InstanceId => context.InstanceId;
    }
}
