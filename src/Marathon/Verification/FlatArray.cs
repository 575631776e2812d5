using System.Runtime.InteropServices;
using System.Text.Json;

namespace Marathon.Verification;

/// <summary>Reads an array of whole numbers.</summary>
internal static class FlatArray
{
    public static ReadOnlySpan<long> Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new FormatException("expected an array of whole numbers");

        var numbers = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var number))
                throw new FormatException($"element {numbers.Count} is not a whole number of 64 bits");

            numbers.Add(number);
        }

        return CollectionsMarshal.AsSpan(numbers);
    }
}
