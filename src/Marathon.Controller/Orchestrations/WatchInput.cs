namespace Marathon.Controller.Orchestrations;

/// <summary>Input of <see cref="ConditionWatch"/>.</summary>
/// <param name="Request">What to watch.</param>
/// <param name="Deadline">Until when, UTC.</param>
/// <param name="Held">Since when it has held without its mark moving, UTC; null when it did not at the last look.</param>
/// <param name="Mark">The mark of the last look.</param>
public sealed record WatchInput(WatchRequest Request, DateTime Deadline, DateTime? Held = null, long? Mark = null);
