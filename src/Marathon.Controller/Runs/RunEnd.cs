namespace Marathon.Controller.Runs;

/// <summary>How the run ended; its report is written.</summary>
public sealed record RunEnd(DateTimeOffset At, string Verdict, string Outcome, string Reason);
