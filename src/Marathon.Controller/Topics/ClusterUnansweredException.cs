namespace Marathon.Controller.Topics;

/// <summary>The cluster did not answer, or refused.</summary>
public sealed class ClusterUnansweredException(string message, Exception inner) : Exception(message, inner);
