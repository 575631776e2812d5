namespace Marathon.Durable.Embedded.Tests.Golden;

/// <summary>Which engine the scenarios run on. Another test project may link these files and put its own here.</summary>
public static class GoldenHosts
{
    public static Func<IGoldenHost> Create { get; set; } = () => new EmbeddedGoldenHost();

    /// <summary>How often a scenario is played until it does as the reference: once where time is virtual.</summary>
    public static int Attempts => 1;

    /// <summary>Scenarios whose own assertions do not hold on that engine, and why.</summary>
    public static IReadOnlyDictionary<string, string> Differs { get; } = new Dictionary<string, string>();
}
