using System.Text;

namespace Marathon.Records;

/// <summary>How names become numbers in record headers.</summary>
public static class RecordIdentity
{
    /// <summary>64-bit hash of a run id: FNV-1a over its UTF-8 bytes, then the finaliser of MurmurHash3.</summary>
    public static ulong Run(string runId)
    {
        ArgumentException.ThrowIfNullOrEmpty(runId);
        var hash = 14695981039346656037UL;
        foreach (var octet in Encoding.UTF8.GetBytes(runId))
            hash = (hash ^ octet) * 1099511628211UL;

        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53UL;
        return hash ^ (hash >> 33);
    }
}
