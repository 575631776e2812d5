namespace Marathon.Controller.Orchestrations;

/// <summary>How watching a condition ended.</summary>
/// <param name="Held">It came to hold.</param>
/// <param name="TimedOut">It did not in time; neither is true when the watch was told to stop.</param>
/// <param name="Observed">The last value observed.</param>
public sealed record WatchResult(bool Held, bool TimedOut, double? Observed);
