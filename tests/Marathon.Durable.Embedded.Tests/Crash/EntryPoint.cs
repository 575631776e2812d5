namespace Marathon.Durable.Embedded.Tests.Crash;

/// <summary>The test assembly is also the process that the crash tests kill.</summary>
public static class EntryPoint
{
    public static Task<int> Main(string[] args) => args is ["engine", var folder] ? ChildEngine.RunAsync(folder) : Task.FromResult(2);
}
