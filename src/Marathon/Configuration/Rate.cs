using System.Globalization;

namespace Marathon.Configuration;

/// <summary>A rate in records per second, or as fast as it goes.</summary>
/// <param name="PerSecond">Null is <c>max</c>.</param>
public readonly record struct Rate(double? PerSecond)
{
    /// <summary>As fast as it goes.</summary>
    public static Rate Max => new(null);

    /// <inheritdoc/>
    public override string ToString() => PerSecond?.ToString("0.###", CultureInfo.InvariantCulture) ?? "max";
}
