using System.Net;

namespace Marathon.Testbed.Cluster;

/// <summary>The machine under a broker: its address and its disk, and the broker's present life, if it has one.</summary>
internal sealed class BrokerHost(int id, IPEndPoint endpoint, ClusterResources cluster) : IAsyncDisposable
{
    private readonly SemaphoreSlim _changing = new(1, 1);
    private IPEndPoint _endpoint = endpoint;

    public int Id { get; } = id;

    public IPEndPoint Endpoint => _endpoint;

    public BrokerDisk Disk { get; } = new(cluster.Chunks);

    public Broker? Broker { get; private set; }

    public bool IsPaused => Broker?.Gate.IsPaused ?? false;

    /// <exception cref="System.Net.Sockets.SocketException">The port is taken.</exception>
    public async Task StartAsync()
    {
        await _changing.WaitAsync();
        try
        {
            if (Broker is not null)
                return;
            Broker = new Broker(Id, _endpoint, Disk, cluster);
            _endpoint = Broker.Endpoint;
            Broker.Start();
        }
        finally
        {
            _changing.Release();
        }
    }

    public Task KillAsync() => EndAsync(TimelineEvent.BrokerKilled, orderly: false);

    /// <summary>As SIGTERM: leaderships move away first.</summary>
    public Task StopAsync() => EndAsync(TimelineEvent.BrokerStopped, orderly: true);

    public void Pause()
    {
        var broker = Broker ?? throw NotRunning();
        broker.Gate.Pause();
        cluster.Timeline.Add(TimelineEvent.BrokerPaused, null, Id, "paused");
    }

    public void Resume()
    {
        var broker = Broker ?? throw NotRunning();
        cluster.Timeline.Add(TimelineEvent.BrokerResumed, null, Id, "resumed");
        broker.Gate.Resume();
    }

    public async ValueTask DisposeAsync()
    {
        if (Broker is { } broker)
            await broker.DisposeAsync();
        Broker = null;
        _changing.Dispose();
    }

    private InvalidOperationException NotRunning() => new($"broker {Id} is dead; restart it first");

    private async Task EndAsync(TimelineEvent kind, bool orderly)
    {
        await _changing.WaitAsync();
        try
        {
            if (Broker is not { } broker)
                return;
            if (orderly && !broker.Gate.IsPaused)
                await LeaveAsync(broker);
            cluster.Timeline.Add(kind, null, Id, orderly ? "stopped" : "killed");
            Broker = null;
            await broker.DisposeAsync();
        }
        finally
        {
            _changing.Release();
        }
    }

    private static async Task LeaveAsync(Broker broker)
    {
        try
        {
            await broker.CallControllerAsync(controller => controller.Unregister(broker.Id, broker.Epoch), broker.Life);
            foreach (var replica in broker.Replicas.All)
                replica.Checkpoint();
        }
        catch (BrokerUnreachableException)
        {
            // Without a controller it stops all the same, as a kill would.
        }
    }
}
