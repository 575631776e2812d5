using Marathon.Durable.Embedded.Client;
using Marathon.Durable.Embedded.Engine;

namespace Marathon.Durable.Embedded;

/// <summary>
/// Runs durable orchestrations in this process, on one SQLite database file that has one owner at a time. However the
/// process ends, the next host on that file goes on where this one was. A host may be started again after a stop.
/// </summary>
public sealed class EmbeddedDurableHost : IAsyncDisposable
{
    private readonly EmbeddedDurableOptions _options;
    private readonly EmbeddedDurableClient _client;
    private DurableEngine? _engine;

    public EmbeddedDurableHost(EmbeddedDurableOptions options)
    {
        _options = options;
        _client = new EmbeddedDurableClient(() => _engine ?? throw new InvalidOperationException(
            "The durable engine is not running. Start its host first."));
    }

    /// <summary>Usable while the host runs.</summary>
    public DurableClient Client => _client;

    /// <exception cref="DurableStoreInUseException">Another engine owns the database.</exception>
    /// <exception cref="DurableStoreException">The database is corrupt, another application's or a newer version's; it is unchanged.</exception>
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        if (_engine is not null)
            throw new InvalidOperationException("The durable engine is running already.");
        DurableEngine engine = await Task.Run(() => new DurableEngine(_options), cancellation);
        (_options.TimeProvider as VirtualTimeProvider)?.Attach(engine.Gauge);
        _engine = engine;
        try
        {
            await engine.StartAsync();
        }
        catch
        {
            await StopAsync();
            throw;
        }
    }

    /// <summary>Gives running activities <see cref="EmbeddedDurableOptions.ShutdownGrace"/> to end, then closes the database.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _engine, null) is not { } engine)
            return;
        await engine.DisposeAsync();
        (_options.TimeProvider as VirtualTimeProvider)?.Detach(engine.Gauge);
    }

    public async ValueTask DisposeAsync() => await StopAsync();
}
