namespace Marathon.Durable;

/// <summary>An activity without its types; derive from <see cref="Activity{TInput, TOutput}"/> instead.</summary>
public interface IActivity
{
    Type InputType { get; }

    Type OutputType { get; }

    Task<object?> RunAsync(ActivityContext context, object? input);
}
