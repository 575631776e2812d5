namespace Marathon.Controller.Loop;

/// <summary>Why the loop ended.</summary>
public sealed record LoopEnd(string Reason);
