using System.Runtime.InteropServices;
using System.Text.Json;

namespace Marathon.Verification;

/// <summary>Reads an array of whole numbers.</summary>
internal static class FlatArray
{
    /// <summary>No run gets so far; so sums of what others send cannot overflow.</summary>
    public const long Largest = 1L << 48;

    public static ReadOnlySpan<long> Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new FormatException("expected an array of whole numbers");

        var numbers = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var number) || number is < 0 or > Largest)
                throw new FormatException($"element {numbers.Count} is not a whole number from 0 to {Largest}");

            numbers.Add(number);
        }

        return CollectionsMarshal.AsSpan(numbers);
    }
}
