using System.Text.Json;

namespace Marathon.Controller.Http;

/// <summary>Body of throughput.</summary>
/// <param name="RatePerSecond">Records per second, all workers together, or <c>"max"</c>.</param>
public sealed record ThroughputBody(JsonElement RatePerSecond);
