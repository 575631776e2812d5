namespace Marathon.Faults;

/// <summary>How bad the network between a worker's machine and the brokers becomes.</summary>
/// <param name="Delay">Delay of what it sends, for <see cref="FaultAction.Degrade"/>.</param>
/// <param name="LossPercent">Share of its packets that are lost, for <see cref="FaultAction.Degrade"/>.</param>
/// <param name="AtMost">After so long it is mended, whether anybody heals it or not: by the machine itself, or by the janitor.</param>
public sealed record NetworkFault(TimeSpan Delay, double LossPercent, TimeSpan AtMost)
{
    /// <summary>A bad line: a fifth of a second, one packet in fifty, for half an hour.</summary>
    public static NetworkFault Default { get; } = new(TimeSpan.FromMilliseconds(200), 2, TimeSpan.FromMinutes(30));
}
