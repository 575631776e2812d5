using System.Text.Json;

namespace Marathon.Cli.Storage;

/// <summary>JSON files that are whole or absent, and that their user alone can read.</summary>
internal static class PrivateFile
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes it beside its place and moves it there.</summary>
    public static async Task WriteAsync<T>(string path, T content, CancellationToken cancellationToken)
    {
        string beside = $"{path}.{Environment.ProcessId}.tmp";
        File.Delete(beside);
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (FileStream file = new(beside, options))
        {
            await JsonSerializer.SerializeAsync(file, content, s_json, cancellationToken);
        }

        File.Move(beside, path, overwrite: true);
    }

    /// <summary>Null when there is no such file.</summary>
    /// <exception cref="InvalidDataException">It holds something else.</exception>
    public static async Task<T?> TryReadAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            await using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return await JsonSerializer.DeserializeAsync<T>(file, s_json, cancellationToken);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is damaged: {e.Message}; move it away to go on without it", e);
        }
    }
}
