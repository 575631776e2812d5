using System.Text.Json;
using Azure;
using Marathon.Controller.Storage;

namespace Marathon.Azure.Storage;

/// <summary>A value kept in a blob.</summary>
internal static class JsonBlob
{
    /// <summary>Reads it with its version; null when there is none.</summary>
    /// <exception cref="StorageException">It holds something else.</exception>
    public static async Task<(T Value, ETag Version)?> ReadAsync<T>(this BlobContainer container, string name, CancellationToken cancellationToken)
        where T : class
    {
        if (await container.ReadAsync(name, cancellationToken) is not { } blob) return null;
        try
        {
            return (JsonSerializer.Deserialize<T>(blob.Content.Span, ControllerJson.Files)!, blob.Version);
        }
        catch (JsonException error)
        {
            throw new StorageException($"blob {name} is damaged: {error.Message}; move it away to go on without it", error);
        }
    }

    /// <summary>Writes it. False when it is not, or no more, the version that the writer knows.</summary>
    public static Task<bool> TryWriteAsync<T>(this BlobContainer container, string name, T value, ETag? known, CancellationToken cancellationToken) =>
        container.TryWriteAsync(name, JsonSerializer.SerializeToUtf8Bytes(value, ControllerJson.Files), known, 0, cancellationToken);
}
