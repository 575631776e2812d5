namespace Marathon.Durable.Embedded.Tests.Golden;

/// <summary>The embedded engine in memory, on virtual time.</summary>
public sealed class EmbeddedGoldenHost : IGoldenHost
{
    private readonly VirtualTimeProvider _time = new();
    private EmbeddedDurableHost? _host;

    public DurableClient Client => _host!.Client;

    public TimeProvider Time => _time;

    public RecordingLogger Log { get; } = new();

    public Task StartAsync(DurableTaskRegistry registry, TimeSpan? maximumTimerInterval)
    {
        EmbeddedDurableOptions options = new() { Registry = registry, TimeProvider = _time, LoggerFactory = Log, ShutdownGrace = TimeSpan.Zero };
        _host = new EmbeddedDurableHost(
            maximumTimerInterval is { } interval ? options with { MaximumTimerInterval = interval } : options);
        return _host.StartAsync();
    }

    public Task PassAsync(TimeSpan time) => _time.AdvanceAsync(time);

    public Task<T> UntilAsync<T>(Task<T> task) => _time.RunUntilAsync(task);

    public IDisposable Park() => _time.Park();

    public ValueTask DisposeAsync() => _host?.DisposeAsync() ?? ValueTask.CompletedTask;
}
