using System.Text.Json;

namespace Marathon.Cli.Clusters;

/// <summary>How a local cluster's process makes itself known, once it serves: a file that its user alone can read.</summary>
/// <param name="Pid">Process id.</param>
/// <param name="BootstrapServers">For clients.</param>
/// <param name="ControlUrl">Base of its control API.</param>
/// <param name="Key">Bearer key of that API.</param>
internal sealed record ControlFile(int Pid, string BootstrapServers, Uri ControlUrl, string Key)
{
    /// <summary>Null while there is none.</summary>
    /// <exception cref="InvalidDataException">It holds something else.</exception>
    public static async Task<ControlFile?> TryReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using FileStream file = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync<ControlFile>(file, JsonSerializerOptions.Web, cancellationToken);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is not what a cluster of ours writes: {e.Message}", e);
        }
    }
}
