namespace Marathon.Configuration;

/// <summary>Makes a property of a configuration settable under a key, and describes it to people.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConfigKeyAttribute(string key, string description) : Attribute
{
    /// <summary>The key, as in specs and after <c>--set</c>. One that ends in <c>.*</c> takes every key with that prefix.</summary>
    public string Key { get; } = key;

    /// <summary>One sentence for <c>marathon scenario NAME</c>.</summary>
    public string Description { get; } = description;

    /// <summary>The unit of a plain number; durations and sizes also take their usual suffixes.</summary>
    public string? Unit { get; init; }

    /// <summary>Smallest value allowed, in <see cref="Unit"/> (seconds for durations).</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>Largest value allowed, in <see cref="Unit"/> (seconds for durations).</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>The values allowed, for a text that is one of a few.</summary>
    public string[]? OneOf { get; init; }

    /// <summary>What stands for the default where it is computed.</summary>
    public string? DefaultText { get; init; }
}
