using Azure;

namespace Marathon.Azure.Storage;

/// <summary>A blob as a list shows it.</summary>
/// <param name="Name">Its name in the container.</param>
/// <param name="Version">Which version there was.</param>
public sealed record BlobName(string Name, ETag Version);
