namespace Marathon.Worker.ScheduledEvents;

/// <summary>Where and how often a machine asks what is about to be done to it.</summary>
public sealed record ScheduledEventsOptions
{
    /// <summary>The instance metadata service; only a machine of Azure reaches it.</summary>
    public Uri BaseAddress { get; init; } = new("http://169.254.169.254/");

    /// <summary>Time between two looks. Notice of an eviction may be as short as 30 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a look may take: the first turns the service on for this machine, and may take two minutes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>This machine's name; asked of the metadata service when null.</summary>
    public string? MachineName { get; init; }
}
