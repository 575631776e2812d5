namespace Marathon.Cli.Lies;

/// <summary>What a run must look like so that a lie can be told, and be found out.</summary>
/// <param name="Kind">The anomaly kind that the lie commits.</param>
/// <param name="Needs">By configuration key the values that will do; the first is set when nobody has set the key.</param>
public sealed record LieWorkload(string Kind, IReadOnlyDictionary<string, string[]> Needs);
