using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Marathon.Records;

/// <summary>The keys of records: <c>key-</c> and the key's number.</summary>
public static class RecordKey
{
    private static ReadOnlySpan<byte> Prefix => "key-"u8;

    /// <summary>The bytes of a key.</summary>
    public static byte[] Of(int keyId) => Encoding.ASCII.GetBytes("key-" + keyId.ToString(CultureInfo.InvariantCulture));

    /// <summary>The number of a key.</summary>
    public static bool TryParse(ReadOnlySpan<byte> key, out int keyId)
    {
        keyId = -1;
        return key.StartsWith(Prefix)
            && Utf8Parser.TryParse(key[Prefix.Length..], out keyId, out var used)
            && used == key.Length - Prefix.Length && keyId >= 0;
    }
}
