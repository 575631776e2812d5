namespace Marathon.Durable.Embedded.Tests.Golden;

public sealed record Point(int X, int Y);

public sealed record Order(string Id, decimal Total, List<Point>? Points, DateTime? When, string? Note);
