namespace Marathon.Durable;

internal static class TaskInput
{
    /// <summary>No input stands for the type's default, also where that is a value type.</summary>
    public static T As<T>(object? input) => input switch
    {
        T typed => typed,
        null => default!,
        _ => throw new ArgumentException($"Input type '{input.GetType()}' does not match expected type '{typeof(T)}'.", nameof(input)),
    };
}
