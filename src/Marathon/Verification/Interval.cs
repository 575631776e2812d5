using System.Text.Json.Serialization;

namespace Marathon.Verification;

/// <summary>The numbers from <paramref name="From"/> up to, and without, <paramref name="To"/>.</summary>
public readonly record struct Interval(long From, long To)
{
    /// <summary>How many numbers it holds.</summary>
    [JsonIgnore]
    public long Count => To - From;

    /// <inheritdoc/>
    public override string ToString() => $"[{From}, {To})";
}
