namespace Marathon.Leases;

/// <summary>The last part of a lease that nobody has renewed: whoever held it leaves then, and by its end is gone.</summary>
public static class LeaseEnd
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(5);
    private static Timer? s_last;

    /// <summary>How long before the end of a lease of that length its holder begins to leave: a quarter of it, at most 5 s.</summary>
    public static TimeSpan ToLeave(TimeSpan lease) => lease / 4 < s_longest ? lease / 4 : s_longest;

    /// <summary>Ends this process by then, whatever still keeps it.</summary>
    /// <param name="left">How much of the lease is left.</param>
    /// <param name="exitCode">The code that it ends with if it has to be made to.</param>
    /// <param name="tell">Called before it is made to: says why.</param>
    public static void LeaveWithin(TimeSpan left, int exitCode, Action tell)
    {
        // Kept here, for a timer that nobody holds may never come.
        s_last = new Timer(
            _ =>
            {
                tell();
                Environment.Exit(exitCode);
            },
            null,
            left,
            Timeout.InfiniteTimeSpan);
    }
}
