namespace Marathon.Configuration;

/// <summary>One thing that is wrong with a spec.</summary>
/// <param name="Field">The key, as the user wrote it: <c>config.ratePerSecond</c>.</param>
/// <param name="Problem">What is wrong with its value.</param>
/// <param name="Remedy">What to do.</param>
public sealed record SpecError(string Field, string Problem, string Remedy)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Field}: {Problem}; {Remedy}";
}
