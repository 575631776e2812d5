namespace Marathon.Leases;

/// <summary>A file that a living controller touches; what watches it goes on for as long as that happens.</summary>
public static class LeaseFile
{
    private static readonly TimeSpan s_longestLook = TimeSpan.FromSeconds(1);

    /// <summary>Renews the lease; makes the file when it is not there.</summary>
    public static void Touch(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        File.SetLastWriteTimeUtc(file.SafeFileHandle, TimeProvider.System.GetUtcNow().UtcDateTime);
    }

    /// <summary>
    /// Completes when of a lease that nobody renews only the time to leave is left. Only a change of the file's time counts,
    /// measured by a clock that neither jumps nor runs while the machine sleeps.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="lease">How long the lease lasts from a touch of the file.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task WaitForEndAsync(string path, TimeSpan lease, TimeProvider clock, CancellationToken cancellationToken)
    {
        TimeSpan life = lease - LeaseEnd.ToLeave(lease);
        TimeSpan look = lease / 10 < s_longestLook ? lease / 10 : s_longestLook;
        LeaseSilence silence = new(File.GetLastWriteTimeUtc(path), look);
        while (silence.Length < life)
        {
            TimeSpan left = life - silence.Length;
            long since = clock.GetTimestamp();
            await Task.Delay(look < left ? look : left, clock, cancellationToken);
            TimeSpan sinceLook = clock.GetElapsedTime(since);
            silence.Look(File.GetLastWriteTimeUtc(path), clock.GetUtcNow().UtcDateTime, sinceLook);
        }
    }
}
