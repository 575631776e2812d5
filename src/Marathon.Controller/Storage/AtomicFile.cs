namespace Marathon.Controller.Storage;

/// <summary>Files that are whole or absent: written beside their place and moved over it.</summary>
public static class AtomicFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Replaces a file; readable by its owner alone.</summary>
    /// <exception cref="StorageException">The disk is full, the folder is read-only, or the like.</exception>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        string beside = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            await using (FileStream stream = new(beside, options))
            {
                await stream.WriteAsync(content, cancellationToken);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            TryDelete(beside);
            throw Explain("write", path, error);
        }
        catch (OperationCanceledException)
        {
            TryDelete(beside);
            throw;
        }
    }

    /// <summary>Reads a file whole; null when there is none.</summary>
    /// <exception cref="StorageException">It is there and cannot be read.</exception>
    public static async Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Explain("read", path, error);
        }
    }

    private static StorageException Explain(string verb, string path, Exception error) => new(
        $"cannot {verb} {path}: {error.Message}; free space on that disk, make the folder writable, or choose another with --data", error);

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The write failed already and is what gets reported; the left-over is never read.
        }
    }
}
