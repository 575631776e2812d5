namespace Marathon.Testbed.CommandLine;

/// <summary>A file that a living controller touches; without that the cluster ends.</summary>
internal static class LeaseWatch
{
    /// <summary>
    /// Completes when nobody has touched the file for that long. Only a change of its time counts, measured by a clock that neither
    /// jumps nor runs while the machine sleeps.
    /// </summary>
    public static async Task ExpiredAsync(string path, TimeSpan timeout, TimeProvider time, CancellationToken cancel)
    {
        var touched = File.GetLastWriteTimeUtc(path);
        var since = time.GetTimestamp();
        var interval = TimeSpan.FromMilliseconds(Math.Clamp(timeout.TotalMilliseconds / 10, 1, 1000));
        while (time.GetElapsedTime(since) < timeout)
        {
            await Task.Delay(interval, time, cancel);
            var now = File.GetLastWriteTimeUtc(path);
            if (now != touched)
                (touched, since) = (now, time.GetTimestamp());
        }
    }
}
