namespace Marathon.Durable;

/// <summary>A name and how to make what it stands for; the factory is called for every execution.</summary>
/// <param name="Implementation">The class, or null for a function.</param>
public sealed record TaskRegistration<T>(TaskName Name, Type? Implementation, Func<IServiceProvider, T> Factory);
