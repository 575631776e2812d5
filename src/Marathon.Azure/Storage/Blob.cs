using Azure;

namespace Marathon.Azure.Storage;

/// <summary>A blob as it was read.</summary>
/// <param name="Content">All of it.</param>
/// <param name="Version">Which version of it.</param>
/// <param name="Number">The number that its writer gave it; 0 when it gave none.</param>
public sealed record Blob(ReadOnlyMemory<byte> Content, ETag Version, long Number);
