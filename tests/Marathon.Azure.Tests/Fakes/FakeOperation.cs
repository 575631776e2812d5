namespace Marathon.Azure.Tests.Fakes;

public sealed class FakeOperation
{
    public required string Id { get; init; }

    public required DateTimeOffset DoneAt { get; init; }

    /// <summary>What it does when it is done; answers the code and message of an error, or null.</summary>
    public required Func<(string Code, string Message)?> Finish { get; init; }

    public bool IsDone { get; set; }

    public (string Code, string Message)? Error { get; set; }
}
