namespace Marathon.Controller.Loop;

/// <summary>What came of one turn of the loop.</summary>
/// <param name="RunId">The run; it has no report where it was refused.</param>
/// <param name="Entry">Place in the list, from 1.</param>
/// <param name="Scenario">Its scenario.</param>
/// <param name="StartedAt">When its turn began.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Verdict">The verdict; <c>harness-fault</c> when the run could not be made.</param>
/// <param name="Outcome">finished, interrupted, failed, or refused.</param>
/// <param name="Reason">Why.</param>
public sealed record LoopVerdict(
    string RunId, int Entry, string Scenario, DateTimeOffset StartedAt, DateTimeOffset EndedAt, string Verdict, string Outcome, string Reason);
