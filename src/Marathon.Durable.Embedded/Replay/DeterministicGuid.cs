using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Marathon.Durable.Embedded.Replay;

/// <summary>Name-based GUIDs (RFC 9562, version 5): the same instance, time and count give the same one.</summary>
internal static class DeterministicGuid
{
    private static readonly byte[] s_namespace = new Guid("6f0a6c0e-2a5c-5d0b-9c41-3f2b7d1e8a90").ToByteArray(bigEndian: true);

    public static Guid Create(string instanceId, DateTime currentUtcDateTime, int count)
    {
        byte[] name = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{instanceId}_{currentUtcDateTime:o}_{count}"));
#pragma warning disable CA5350 // Version 5 is defined with SHA-1; nothing here is secret.
        Span<byte> hash = SHA1.HashData([.. s_namespace, .. name]).AsSpan(0, 16);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
