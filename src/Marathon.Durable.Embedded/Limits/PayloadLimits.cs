using System.Text;

namespace Marathon.Durable.Embedded;

/// <summary>Sizes that both hosts accept, of UTF-8 JSON.</summary>
internal static class PayloadLimits
{
    public const int MaxPayloadBytes = 1024 * 1024;
    public const int MaxCustomStatusBytes = 16 * 1024;

    /// <exception cref="ArgumentException">The payload is too large.</exception>
    public static void Check(string? serialized, string what) => Check(serialized, what, MaxPayloadBytes);

    /// <exception cref="ArgumentException">The custom status is too large.</exception>
    public static void CheckCustomStatus(string? serialized) => Check(serialized, "The custom status", MaxCustomStatusBytes);

    private static void Check(string? serialized, string what, int limitBytes)
    {
        // Three bytes a UTF-16 unit at most: most payloads need no counting.
        if (serialized is null || serialized.Length <= limitBytes / 3)
            return;
        int bytes = Encoding.UTF8.GetByteCount(serialized);
        if (bytes > limitBytes)
            throw new ArgumentException($"{what} has {bytes} bytes of JSON, more than the limit of {limitBytes}. Store the data elsewhere and pass a reference.");
    }
}
