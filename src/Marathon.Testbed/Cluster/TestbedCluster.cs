using System.Net;
using Marathon.Testbed.Control;
using Marathon.Testbed.ControlApi;
using Marathon.Testbed.Lies;
using Marathon.Testbed.Net;
using Marathon.Testbed.Storage;
using Marathon.Testbed.Telemetry;

namespace Marathon.Testbed.Cluster;

/// <summary>A Kafka-protocol cluster in this process, on loopback ports of its own.</summary>
public sealed partial class TestbedCluster : IAsyncDisposable
{
    private readonly TestbedOptions _options;
    private readonly DataFolder _folder;
    private readonly ClusterResources _resources;
    private readonly List<BrokerHost> _hosts;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _quorum;
    private ControlServer? _control;

    private TestbedCluster(TestbedOptions options, DataFolder folder, long seed, LieSet lies)
    {
        _options = options;
        _folder = folder;
        Seed = seed;
        var network = new ClusterNetwork(options.Time);
        var timeline = new EventTimeline(options.Time);
        var controller = new Controller(options, timeline, Seed);
        var chunks = new ChunkStore(options.MaxLogMemoryBytes, folder.Segments);
        _resources = new ClusterResources(
            options, network, controller, timeline, chunks, new ReceiveBudget(options.MaxReceiveMemoryBytes), lies,
            new ClusterMeter(() => controller.Image, chunks, lies));
        network.Quorum = new ControllerQuorum(controller, network, options);
        _hosts = [.. Enumerable.Range(0, options.Brokers).Select(i => new BrokerHost(i + 1, EndpointOf(i), _resources))];
        _quorum = Task.Run(() => network.Quorum.RunAsync(_stop.Token));
    }

    /// <summary>What clients are given: <c>host:port</c> of every broker, comma-separated.</summary>
    public string BootstrapServers => string.Join(',', _hosts.Select(host => host.Endpoint.ToString()));

    public long Seed { get; }

    public int BrokerCount => _hosts.Count;

    /// <summary>How often each lie was told so far, by kind.</summary>
    public IReadOnlyDictionary<string, long> CommittedLies => _resources.Lies.Reports.ToDictionary(lie => lie.Kind, lie => lie.Committed);

    internal ClusterResources Resources => _resources;

    internal IReadOnlyList<BrokerHost> Hosts => _hosts;

    internal DataFolder Folder => _folder;

    /// <summary>Starts a cluster; complete when clients find every broker in it.</summary>
    /// <exception cref="TestbedException">A port is taken, the data folder cannot be written, or a lie is none.</exception>
    public static async Task<TestbedCluster> StartAsync(TestbedOptions options, CancellationToken cancel = default)
    {
        if (options.Brokers is < 1 or > 100)
            throw new TestbedException($"--brokers {options.Brokers}: between 1 and 100 brokers are possible");
        var seed = options.Seed ?? Random.Shared.NextInt64();
        var lies = new LieSet(options.Lies, new LieContext(seed, options.Time));
        var cluster = new TestbedCluster(options, DataFolder.Open(options.DataFolder), seed, lies);
        try
        {
            foreach (var host in cluster._hosts)
                await StartAsync(host);
            await cluster.UntilAsync(() => cluster._hosts.TrueForAll(cluster.IsServing), ServesWithin, "the brokers do not serve", cancel);
            if (options.WithControlApi)
                await cluster.ServeControlAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The control API's address and key; null when it was not asked for.</summary>
    public (Uri Url, string Key)? Control => _control is null ? null : (_control.Url, _control.Key);

    public async ValueTask DisposeAsync()
    {
        if (_control is not null)
            await _control.DisposeAsync();
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

        _resources.Meter.Dispose();
        await _resources.Chunks.DisposeAsync();
        _folder.Dispose();
        _stop.Dispose();
    }

    private IPEndPoint EndpointOf(int index) => new(IPAddress.Loopback, _options.Port == 0 ? 0 : _options.Port + index);

    private async Task ServeControlAsync()
    {
        _control = await ControlServer.StartAsync(this, _options.ControlPort);
        await _control.Describe(BootstrapServers).WriteAsync(_folder.Description);
    }

    private bool IsServing(BrokerHost host)
    {
        var image = _resources.Controller.Image;
        return image.IsAlive(host.Id) && host.Broker is { } broker && broker.Epoch == image.Brokers[host.Id].Epoch
            && broker.Image.Version >= image.Version;
    }

    private async Task UntilAsync(Func<bool> condition, TimeSpan within, string otherwise, CancellationToken cancel)
    {
        var start = _options.Time.GetTimestamp();
        while (!condition())
        {
            if (_options.Time.GetElapsedTime(start) > within)
                throw new TimeoutException($"{otherwise} within {within}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), _options.Time, cancel);
        }
    }
}
