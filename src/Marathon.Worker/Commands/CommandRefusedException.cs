namespace Marathon.Worker.Commands;

/// <summary>A command that the worker does not carry out; it has changed nothing.</summary>
/// <param name="status">HTTP status code.</param>
/// <param name="problem">What is wrong.</param>
/// <param name="remedy">What to do.</param>
/// <param name="field">Where, as the sender wrote it; null when it is not about one field.</param>
public sealed class CommandRefusedException(int status, string problem, string remedy, string? field = null) : Exception(problem)
{
    /// <summary>HTTP status code.</summary>
    public int Status { get; } = status;

    /// <summary>What to do.</summary>
    public string Remedy { get; } = remedy;

    /// <summary>Where.</summary>
    public string? Field { get; } = field;
}
