using System.Net;
using Marathon.Testbed.Control;
using Marathon.Testbed.Net;
using Marathon.Testbed.Storage;

namespace Marathon.Testbed.Cluster;

/// <summary>A Kafka-protocol cluster in this process, on loopback ports of its own.</summary>
public sealed class TestbedCluster : IAsyncDisposable
{
    private readonly TestbedOptions _options;
    private readonly DataFolder _folder;
    private readonly ClusterResources _resources;
    private readonly List<BrokerHost> _hosts;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _quorum;

    private TestbedCluster(TestbedOptions options, DataFolder folder)
    {
        _options = options;
        _folder = folder;
        Seed = options.Seed ?? Random.Shared.Next();
        var network = new ClusterNetwork(options.Time);
        var timeline = new EventTimeline(options.Time);
        var controller = new Controller(options, timeline, Seed);
        _resources = new ClusterResources(
            options, network, controller, timeline,
            new ChunkStore(options.MaxLogMemoryBytes, folder.Segments),
            new ReceiveBudget(options.MaxReceiveMemoryBytes));
        network.Quorum = new ControllerQuorum(controller, network, options);
        _hosts = [.. Enumerable.Range(0, options.Brokers).Select(i => new BrokerHost(i + 1, EndpointOf(i), _resources))];
        _quorum = Task.Run(() => network.Quorum.RunAsync(_stop.Token));
    }

    /// <summary>What clients are given: <c>host:port</c> of every broker, comma-separated.</summary>
    public string BootstrapServers => string.Join(',', _hosts.Select(host => host.Endpoint.ToString()));

    public int Seed { get; }

    public int BrokerCount => _hosts.Count;

    internal ClusterResources Resources => _resources;

    internal IReadOnlyList<BrokerHost> Hosts => _hosts;

    internal DataFolder Folder => _folder;

    /// <summary>Starts a cluster; complete when clients find every broker in it.</summary>
    /// <exception cref="TestbedException">A port is taken, or the data folder cannot be written.</exception>
    public static async Task<TestbedCluster> StartAsync(TestbedOptions options, CancellationToken cancel = default)
    {
        if (options.Brokers is < 1 or > 100)
            throw new TestbedException($"--brokers {options.Brokers}: between 1 and 100 brokers are possible");
        var cluster = new TestbedCluster(options, DataFolder.Open(options.DataFolder));
        try
        {
            foreach (var host in cluster._hosts)
                await StartAsync(host);
            await cluster.UntilAsync(cluster.IsServing, TimeSpan.FromSeconds(30), cancel);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
        await _stop.CancelAsync();
        try
        {
            await _quorum;
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }

        await _resources.Chunks.DisposeAsync();
        _folder.Dispose();
        _stop.Dispose();
    }

    /// <summary>As SIGKILL to a broker: its connections are cut, its memory is gone, its log stays.</summary>
    public Task KillBrokerAsync(int broker) => Host(broker).KillAsync();

    /// <summary>As SIGTERM to a broker.</summary>
    public Task StopBrokerAsync(int broker) => Host(broker).StopAsync();

    /// <summary>Starts a broker that was killed or stopped.</summary>
    public Task StartBrokerAsync(int broker) => StartAsync(Host(broker));

    /// <summary>As SIGSTOP to a broker: connections stay open, nothing is answered, it follows nobody.</summary>
    public void PauseBroker(int broker) => Host(broker).Pause();

    public void ResumeBroker(int broker) => Host(broker).Resume();

    internal BrokerHost Host(int broker) =>
        _hosts.Find(host => host.Id == broker) ?? throw new ArgumentOutOfRangeException(nameof(broker), broker, "no broker has this id");

    private static async Task StartAsync(BrokerHost host)
    {
        try
        {
            await host.StartAsync();
        }
        catch (System.Net.Sockets.SocketException taken)
        {
            throw new TestbedException($"cannot listen on {host.Endpoint}: {taken.Message}; choose another --port", taken);
        }
    }

    private IPEndPoint EndpointOf(int index) => new(IPAddress.Loopback, _options.Port == 0 ? 0 : _options.Port + index);

    private bool IsServing()
    {
        var image = _resources.Controller.Image;
        return image.AliveBrokers.Count() == _hosts.Count
            && _hosts.All(host => host.Broker is { } broker && broker.Image.Version >= image.Version);
    }

    private async Task UntilAsync(Func<bool> condition, TimeSpan within, CancellationToken cancel)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(within);
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(10), _options.Time, deadline.Token);
    }
}
