using System.Diagnostics.CodeAnalysis;

namespace Marathon.Durable;

/// <summary>Turns inputs, outputs, events and statuses into text and back.</summary>
public abstract class DataConverter
{
    [return: NotNullIfNotNull(nameof(value))]
    public abstract string? Serialize(object? value);

    public abstract object? Deserialize(string? data, Type targetType);

    public virtual T? Deserialize<T>(string? data) => Deserialize(data, typeof(T)) is T value ? value : default;
}
