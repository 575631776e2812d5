namespace Marathon.Durable.Embedded.Tests.Crash;

/// <summary>The test assembly is also the process that the crash tests kill.</summary>
public static class EntryPoint
{
    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["engine", var folder]:
                return await ChildEngine.RunAsync(folder);
            case ["owner", var folder]:
                await ChildEngine.OwnAsync(folder);
                return 0;
            default:
                return 2;
        }
    }
}
