using System.Text.Json;
using Marathon.Controller.Storage;

namespace Marathon.Cli.Storage;

/// <summary>Reads JSON files that another process writes and may say more in than is asked for here.</summary>
internal static class LenientJsonFile
{
    /// <summary>Null when there is no such file.</summary>
    /// <exception cref="StorageException">It cannot be read, or holds something else.</exception>
    public static async Task<T?> ReadAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        byte[]? bytes = await AtomicFile.ReadAsync(path, cancellationToken);
        try
        {
            return bytes is null ? null : JsonSerializer.Deserialize<T>(bytes, JsonSerializerOptions.Web);
        }
        catch (JsonException e)
        {
            throw new StorageException($"{path} is damaged: {e.Message}; move it away to go on without it", e);
        }
    }
}
