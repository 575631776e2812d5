using System.Runtime.CompilerServices;

namespace Marathon.Durable.Embedded.Client;

/// <summary>Refusals in the words of Durable Task, so that callers see the same in both hosts.</summary>
internal static class Arguments
{
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public static void Require(string value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(value, name);
        if (value.Length == 0 || value[0] == '\0')
            throw new ArgumentException("Parameter cannot be an empty string or start with the null character.", name);
    }

    /// <exception cref="ArgumentNullException">The value is null or empty.</exception>
    public static void RequireNotEmpty(string value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        ArgumentNullException.ThrowIfNull(value is { Length: > 0 } ? value : null, name);

    public static ArgumentException NotFound(string instanceId) =>
        new($"An orchestration with the instanceId {instanceId} was not found.");
}
