namespace Marathon.Cli.Tests;

/// <summary>The Kafka distributions to test with.</summary>
public static class KafkaHomes
{
    public static string[] All { get; } =
        Environment.GetEnvironmentVariable("MARATHON_KAFKA_HOMES")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>A row for each; one with an empty folder, which fails, where there are none.</summary>
    public static TheoryData<string> Rows => [.. All.DefaultIfEmpty("")];

    /// <summary>Only the newest, for what does not depend on the version.</summary>
    public static TheoryData<string> Newest => [All.LastOrDefault() ?? ""];
}
