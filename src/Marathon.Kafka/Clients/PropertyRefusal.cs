using Confluent.Kafka;
using Marathon.Configuration;

namespace Marathon.Kafka.Clients;

/// <summary>Turns the client library's refusal of a property into an error that names it.</summary>
internal static class PropertyRefusal
{
    /// <summary>Makes a client.</summary>
    /// <param name="scope"><c>producer</c> or <c>consumer</c>: the key under which its own properties are passed through.</param>
    /// <param name="own">The user's properties of that scope.</param>
    /// <param name="shared">The user's properties of every client.</param>
    /// <param name="make">Makes it.</param>
    /// <exception cref="SpecException">The library refuses a property.</exception>
    public static T Make<T>(
        string scope, IReadOnlyDictionary<string, string> own, IReadOnlyDictionary<string, string> shared, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception refusal) when (refusal is InvalidOperationException or ArgumentException or KafkaException)
        {
            throw new SpecException(Field(scope, own, shared, refusal.Message), Sentence(refusal.Message), "correct it, or leave it out");
        }
    }

    private static string Field(
        string scope, IReadOnlyDictionary<string, string> own, IReadOnlyDictionary<string, string> shared, string message)
    {
        if ((Named(own, message) ?? RefusedAlone(scope, own)) is { } name)
            return $"config.{scope}.{name}";
        return (Named(shared, message) ?? RefusedAlone(scope, shared)) is { } sharedName ? $"config.client.{sharedName}" : $"config.{scope}.*";
    }

    /// <summary>The library quotes the property it speaks of; the longest match, since one name may begin with another.</summary>
    private static string? Named(IReadOnlyDictionary<string, string> properties, string message) => properties.Keys
        .Where(name => message.Contains($"\"{name}\"", StringComparison.Ordinal) || message.Contains($"`{name}`", StringComparison.Ordinal))
        .MaxBy(name => name.Length);

    /// <summary>A property may have a second name, by which the library speaks of it; so each is tried alone.</summary>
    private static string? RefusedAlone(string scope, IReadOnlyDictionary<string, string> properties) =>
        properties.FirstOrDefault(property => IsRefused(scope, property)).Key;

    private static bool IsRefused(string scope, KeyValuePair<string, string> property)
    {
        try
        {
            using IDisposable client = scope == "producer"
                ? new ProducerBuilder<Null, Null>([property]).Build()
                : new ConsumerBuilder<Null, Null>([new("group.id", "probe"), property]).Build();
            return false;
        }
        catch (Exception refusal) when (refusal is InvalidOperationException or ArgumentException)
        {
            return true;
        }
    }

    private static string Sentence(string message) => message.Trim().TrimEnd('.');
}
