using Marathon.Configuration;

namespace Marathon.Scenarios.CatchUpRead;

/// <summary>Keys of catch-up-read beside those of every load.</summary>
public sealed record CatchUpReadConfig : WorkloadConfig
{
    /// <summary>Size that the backlog must reach before consumers go on.</summary>
    [ConfigKey("backlogBytes", "Backlog to build before consumers go on", Unit = "bytes", Minimum = 1)]
    public long BacklogBytes { get; set; } = 64L << 20;

    /// <summary>How long building it may take.</summary>
    [ConfigKey("buildWithin", "How long building the backlog may take", Minimum = 1, Maximum = 604_800)]
    public TimeSpan BuildWithin { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long reading it may take, under the same load.</summary>
    [ConfigKey("catchUpWithin", "How long consumers may take to read the backlog while the load goes on", Minimum = 1, Maximum = 604_800)]
    public TimeSpan CatchUpWithin { get; set; } = TimeSpan.FromMinutes(5);
}
