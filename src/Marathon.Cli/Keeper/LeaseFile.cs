namespace Marathon.Cli.Keeper;

/// <summary>A file that a living controller touches; what watches it goes on for as long as that happens.</summary>
internal static class LeaseFile
{
    /// <summary>Renews the lease; makes the file when it is not there.</summary>
    public static void Touch(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        File.SetLastWriteTimeUtc(file.SafeFileHandle, TimeProvider.System.GetUtcNow().UtcDateTime);
    }

    /// <summary>
    /// Ends when nobody has touched the file for that long. Only a change of its time counts, measured by a clock that
    /// neither jumps nor runs while the machine sleeps.
    /// </summary>
    public static async Task WaitForEndAsync(string path, TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken)
    {
        DateTime touched = File.GetLastWriteTimeUtc(path);
        long since = clock.GetTimestamp();
        TimeSpan interval = timeout / 10 < TimeSpan.FromSeconds(1) ? timeout / 10 : TimeSpan.FromSeconds(1);
        while (clock.GetElapsedTime(since) < timeout)
        {
            await Task.Delay(interval, clock, cancellationToken);
            if (File.GetLastWriteTimeUtc(path) is var now && now != touched)
            {
                touched = now;
                since = clock.GetTimestamp();
            }
        }
    }
}
