namespace Marathon.Testbed.Tests.Support;

/// <summary>The Kafka distributions named by MARATHON_KAFKA_HOMES (colon-separated folders with <c>libs/*.jar</c>).</summary>
internal static class KafkaHomes
{
    public static IReadOnlyList<string> All { get; } =
    [
        .. (Environment.GetEnvironmentVariable("MARATHON_KAFKA_HOMES") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries),
    ];

    public static bool AreRequired => Environment.GetEnvironmentVariable("MARATHON_REQUIRE_KAFKA") == "1";

    /// <summary>4.x has other main classes for some tools than 3.x.</summary>
    public static bool IsVersion4(string home) => Directory.GetFiles(Path.Combine(home, "libs"), "kafka-clients-4*.jar").Length > 0;
}
