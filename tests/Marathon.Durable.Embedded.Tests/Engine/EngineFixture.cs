namespace Marathon.Durable.Embedded.Tests.Engine;

/// <summary>An engine on a database file of its own and on virtual time, which may be stopped and started again.</summary>
public sealed class EngineFixture : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("marathon-durable-").FullName;

    public DurableTaskRegistry Registry { get; } = new();

    public VirtualTimeProvider Time { get; } = new();

    public string DatabasePath => Path.Combine(_folder, "marathon.db");

    public TimeSpan? Retention { get; init; }

    public EmbeddedDurableHost? Host { get; private set; }

    public DurableClient Client => Host!.Client;

    public async Task<EngineFixture> StartAsync()
    {
        Host = new EmbeddedDurableHost(new EmbeddedDurableOptions
        {
            Registry = Registry, DatabasePath = DatabasePath, TimeProvider = Time, ShutdownGrace = TimeSpan.Zero, Retention = Retention,
        });
        await Host.StartAsync();
        return this;
    }

    public async Task RestartAsync()
    {
        await Host!.DisposeAsync();
        await StartAsync();
    }

    public Task<string> ScheduleAsync(string name, object? input = null, string? id = "i1", DateTimeOffset? startAt = null) =>
        Client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(id, startAt));

    public Task<OrchestrationMetadata> EndAsync(string id = "i1") =>
        Time.RunUntilAsync(Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true));

    public async Task<OrchestrationRuntimeStatus?> StatusAsync(string id = "i1") => (await Client.GetInstanceAsync(id))?.RuntimeStatus;

    public async ValueTask DisposeAsync()
    {
        if (Host is not null)
            await Host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
