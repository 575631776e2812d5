using System.Text.Json;

namespace Marathon.Controller.Storage;

/// <summary>A value kept in a file.</summary>
public static class JsonFile
{
    /// <summary>Replaces the file.</summary>
    /// <exception cref="StorageException">It could not be written.</exception>
    public static Task WriteAsync<T>(string path, T value, CancellationToken cancellationToken) =>
        AtomicFile.WriteAsync(path, JsonSerializer.SerializeToUtf8Bytes(value, ControllerJson.Files), cancellationToken);

    /// <summary>Reads the file; null when there is none.</summary>
    /// <exception cref="StorageException">It cannot be read, or holds something else.</exception>
    public static async Task<T?> ReadAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        byte[]? bytes = await AtomicFile.ReadAsync(path, cancellationToken);
        try
        {
            return bytes is null ? null : JsonSerializer.Deserialize<T>(bytes, ControllerJson.Files);
        }
        catch (JsonException error)
        {
            throw new StorageException($"{path} is damaged: {error.Message}; move the run's folder away to go on without it", error);
        }
    }
}
