namespace Marathon.Verification;

/// <summary>Evidence that is no evidence: names the field and what is wrong with it.</summary>
public sealed class EvidenceFormatException(string field, string problem, Exception? inner = null)
    : Exception($"{field}: {problem}", inner)
{
    /// <summary>JSON path of the field: <c>$.producers[0].next</c>.</summary>
    public string Field { get; } = field;

    /// <summary>What is wrong with it.</summary>
    public string Problem { get; } = problem;
}
