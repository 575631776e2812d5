namespace Marathon.Cli.Api;

/// <summary>The controller refused: problem details.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="title">In a few words.</param>
/// <param name="detail">Why, and what to do.</param>
public sealed class ApiProblemException(int status, string title, string detail) : Exception($"{title}: {detail}")
{
    /// <summary>HTTP status.</summary>
    public int Status { get; } = status;
}
