using Marathon.Workers;

namespace Marathon.Worker.Reporting;

/// <summary>
/// Estimates the controller's clock from heartbeats: it read its clock some time between the sending of the heartbeat and
/// its answer, so half a round trip bounds the error. Of the recent round trips the shortest says most.
/// </summary>
public sealed class ClockComparison
{
    private const int Recent = 64;
    private readonly Queue<ClockEstimate> _samples = new();

    /// <summary>The best of the recent estimates; null before the first.</summary>
    public ClockEstimate? Best { get; private set; }

    /// <param name="sentAt">The worker's clock when it sent the heartbeat.</param>
    /// <param name="roundTrip">How long the answer took, by a monotonic clock.</param>
    /// <param name="controllerAt">The controller's clock in its answer.</param>
    public void Add(DateTimeOffset sentAt, TimeSpan roundTrip, DateTimeOffset controllerAt)
    {
        var half = roundTrip / 2;
        _samples.Enqueue(new ClockEstimate((controllerAt - (sentAt + half)).TotalMilliseconds, half.TotalMilliseconds));
        if (_samples.Count > Recent)
            _samples.Dequeue();
        Best = _samples.MinBy(sample => sample.ErrorMilliseconds);
    }
}
