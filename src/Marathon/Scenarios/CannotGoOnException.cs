namespace Marathon.Scenarios;

/// <summary>
/// The attempt cannot go on for a reason of ours that may pass: it is cleaned up, and the run tries again where its spec
/// leaves it another attempt. A stage may throw it; so does the toolkit, when workers do not register or do not answer.
/// </summary>
public sealed class CannotGoOnException(string reason) : Exception(reason);
