namespace Marathon.Testbed.Lies;

/// <summary>A lie as <c>GET /lies</c> shows it.</summary>
internal sealed record LieReport(string Kind, string Asked, long Committed, IReadOnlyList<LieExample> Examples);
