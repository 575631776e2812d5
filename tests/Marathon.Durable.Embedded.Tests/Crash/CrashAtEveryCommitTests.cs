namespace Marathon.Durable.Embedded.Tests.Crash;

/// <summary>
/// After each commit of a made-up orchestration the database is copied as it lies on the disk, which is what a crash at
/// that moment would leave. From each copy a new engine must come to the same result.
/// </summary>
public sealed class CrashAtEveryCommitTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("marathon-crash-").FullName;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task FromEveryCommit_TheProgramComesToTheSameResult(int seed)
    {
        ProgramInterpreter world = new();
        VirtualTimeProvider time = new();
        int commits = 0;
        string uninterrupted = await RunAsync(world, time, Path.Combine(_folder, "run.db"), () => Copy(commits++), async client =>
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                "Program", new ProgramState(RandomProgram.Create(seed), ""), Start(seed, time));
        });
        Assert.True(commits > 5, $"seed {seed}: only {commits} commits");

        for (int commit = 0; commit < commits; commit++)
        {
            string database = Path.Combine(_folder, $"{commit}.db");
            string result = await RunAsync(world, time, database, null, async client =>
            {
                // A crash before the start was acknowledged: the caller starts again.
                if (await client.GetInstanceAsync("p") is null)
                {
                    await client.ScheduleNewOrchestrationInstanceAsync(
                        "Program", new ProgramState(RandomProgram.Create(seed), ""), Start(seed, time));
                }
            });
            Assert.True(uninterrupted == result, $"seed {seed}, commit {commit} of {commits}: {result} instead of {uninterrupted}");
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Half of them start later.</summary>
    private static StartOrchestrationOptions Start(int seed, VirtualTimeProvider time) =>
        new("p", seed % 2 == 0 ? time.GetUtcNow().AddMinutes(1) : null);

    private static async Task<string> RunAsync(
        ProgramInterpreter world, VirtualTimeProvider time, string database, Action? afterCommit, Func<DurableClient, Task> start)
    {
        await using EmbeddedDurableHost host = new(new EmbeddedDurableOptions
        {
            Registry = world.Registry(), DatabasePath = database, TimeProvider = time, AfterCommit = afterCommit,
        });
        await host.StartAsync();
        await start(host.Client);
        OrchestrationMetadata end = await time.RunUntilAsync(host.Client.WaitForInstanceCompletionAsync("p", getInputsAndOutputs: true));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        return end.ReadOutputAs<string>()!;
    }

    private void Copy(int commit)
    {
        foreach (string suffix in new[] { "", "-wal" })
        {
            string from = Path.Combine(_folder, "run.db" + suffix);
            if (File.Exists(from))
                File.Copy(from, Path.Combine(_folder, $"{commit}.db{suffix}"));
        }
    }
}
