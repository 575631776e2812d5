namespace Marathon.Cli.Clusters;

/// <summary>A lie in what the testbed's control API answers to <c>GET /lies</c>.</summary>
/// <param name="Kind">The anomaly kind.</param>
/// <param name="Committed">How often it was told.</param>
internal sealed record ToldLie(string Kind, long Committed);
