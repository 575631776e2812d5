namespace Marathon.Controller.Orchestrations;

/// <summary>Why an attempt ends early.</summary>
/// <param name="Reason">For people.</param>
/// <param name="ByOperator">Somebody asked for it, or a deadline did; else something of ours broke.</param>
/// <param name="MayTryAgain">Another attempt may do better.</param>
public sealed record Interruption(string Reason, bool ByOperator, bool MayTryAgain = false);
