namespace Marathon.Controller.Activities;

/// <summary>Input of <see cref="ScaleFleet"/>.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Workers">How many workers there are to be.</param>
/// <param name="Final">Those that were to go have had their time: what is left of them is ended.</param>
public sealed record ScaleFleetRequest(string RunId, int Workers, bool Final = false);
