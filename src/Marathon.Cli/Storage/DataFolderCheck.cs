using Marathon.Configuration;

namespace Marathon.Cli.Storage;

/// <summary>A data folder that can be used.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="FreeBytes">Space left on its disk for this user.</param>
internal sealed record DataFolderCheck(string Path, long FreeBytes)
{
    private const string Field = "--data";
    private const long MinimumFreeBytes = 64 << 20;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes the folder, for its user alone, unless it is there, and makes sure that it can be written to.</summary>
    /// <exception cref="SpecException">It cannot be used; with the reason.</exception>
    public static DataFolderCheck Run(string data)
    {
        string path = System.IO.Path.GetFullPath(data);
        try
        {
            if (!Directory.Exists(path) && !OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path, OwnerOnly);
            }

            string probe = System.IO.Path.Combine(path, $".probe-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SpecException(Field, $"'{path}' cannot be written to: {e.Message}", "make it writable, or choose another folder with --data");
        }

        long free = new DriveInfo(path).AvailableFreeSpace;
        return free >= MinimumFreeBytes
            ? new DataFolderCheck(path, free)
            : throw new SpecException(Field, $"only {free >> 20} MiB are free on the disk of '{path}'", $"free at least {MinimumFreeBytes >> 20} MiB, or choose another folder with --data");
    }
}
