namespace Marathon.Configuration;

/// <summary>A spec that cannot be run. Names everything that is wrong with it, not only the first.</summary>
public sealed class SpecException(IReadOnlyList<SpecError> errors)
    : Exception(string.Join(Environment.NewLine, errors))
{
    /// <summary>For one error.</summary>
    public SpecException(string field, string problem, string remedy)
        : this([new SpecError(field, problem, remedy)])
    {
    }

    /// <summary>What is wrong; never empty.</summary>
    public IReadOnlyList<SpecError> Errors { get; } = errors;
}
