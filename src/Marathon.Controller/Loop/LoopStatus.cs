namespace Marathon.Controller.Loop;

/// <summary>Custom status of the loop's orchestration.</summary>
/// <param name="State">running, paused or stopping.</param>
/// <param name="RunId">The run under way; null between runs.</param>
/// <param name="Entry">Its place in the list, from 1, or that of the next run.</param>
/// <param name="NextAt">When the next run begins; null while one is under way, or when nothing is due.</param>
/// <param name="Signals">How many signals it has heard.</param>
/// <param name="Reason">What keeps it from going on as it should.</param>
public sealed record LoopStatus(string State, string? RunId, int? Entry, DateTimeOffset? NextAt, int Signals, string? Reason = null);
