namespace Marathon.Durable.Embedded.Tests.Engine;

/// <summary>Ends what a test has abandoned on purpose, long after the test.</summary>
internal static class TestContextTimeout
{
    private static readonly CancellationTokenSource s_source = new(TimeSpan.FromMinutes(5));

    public static CancellationToken Token => s_source.Token;
}
