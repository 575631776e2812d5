using System.Text.Json;

namespace Marathon.Verification;

/// <summary>Evidence as JSON, checked when read.</summary>
public static class EvidenceJson
{
    /// <summary>UTF-8 JSON.</summary>
    public static byte[] Write(WorkerEvidence evidence) =>
        JsonSerializer.SerializeToUtf8Bytes(evidence, EvidenceJsonContext.Default.WorkerEvidence);

    /// <summary>Reads evidence that somebody sent.</summary>
    /// <exception cref="EvidenceFormatException">It is no evidence, or contradicts itself: names the field.</exception>
    public static WorkerEvidence Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var evidence = JsonSerializer.Deserialize(json, EvidenceJsonContext.Default.WorkerEvidence)
                ?? throw new EvidenceFormatException("$", "is null, an object is wanted");
            EvidenceValidation.Check(evidence);
            return evidence;
        }
        catch (JsonException e)
        {
            throw new EvidenceFormatException(e.Path ?? "$", e.Message, e);
        }
    }
}
