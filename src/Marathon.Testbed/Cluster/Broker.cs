using System.Net;
using Marathon.Testbed.Control;
using Marathon.Testbed.Groups;
using Marathon.Testbed.Metadata;
using Marathon.Testbed.Net;
using Marathon.Testbed.Replication;
using Marathon.Testbed.Transactions;
using Microsoft.Extensions.Logging;

namespace Marathon.Testbed.Cluster;

/// <summary>A broker during one of its lives: everything in here but the disk is gone with a kill.</summary>
internal sealed partial class Broker : IAsyncDisposable
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _life = new();
    private readonly ILogger _logger;
    private readonly BrokerListener _listener;
    private readonly MetadataApplier _applier;
    private readonly List<Task> _running = [];
    private MetadataImage _image;

    public Broker(int id, IPEndPoint endpoint, BrokerDisk disk, ClusterResources cluster)
    {
        Id = id;
        Disk = disk;
        Cluster = cluster;
        Life = _life.Token;
        _logger = cluster.Options.Logging.CreateLogger<Broker>();
        _image = MetadataImage.Empty(cluster.Controller.Image.ClusterId);
        Followers = new FollowerSessions(Replicas, cluster.Options.Time);
        ProducerIds = new ProducerIdAllocator(this);
        Groups = new GroupCoordinator(this);
        Transactions = new TransactionCoordinator(this);
        var following = new ReplicaFollowing(id, cluster.Network, Gate, disk, cluster.Options.Time, cluster.Timeline, Life);
        _applier = new MetadataApplier(this, disk, following, new IsrProposer(this));
        _listener = new BrokerListener(this, endpoint);
        Endpoint = _listener.Endpoint;
    }

    public int Id { get; }

    public IPEndPoint Endpoint { get; }

    /// <summary>Ends with the broker's life.</summary>
    public CancellationToken Life { get; }

    public PauseGate Gate { get; } = new();

    public BrokerDisk Disk { get; }

    public ClusterResources Cluster { get; }

    public TestbedOptions Options => Cluster.Options;

    public TimeProvider Time => Cluster.Options.Time;

    public ReplicaSet Replicas { get; } = new();

    public FollowerSessions Followers { get; }

    public ProducerIdAllocator ProducerIds { get; }

    public GroupCoordinator Groups { get; }

    public TransactionCoordinator Transactions { get; }

    public long Epoch { get; private set; } = -1;

    /// <summary>The metadata as this broker knows them now.</summary>
    public MetadataImage Image => Volatile.Read(ref _image);

    public int ConnectionCount => _listener.ConnectionCount;

    public void Start()
    {
        Cluster.Network.Join(this);
        Run(HeartbeatAsync);
        Run(FollowMetadataAsync);
        Run(TendReplicasAsync);
        Run(CleanLogsAsync);
        Run(Groups.RunAsync);
        Run(Transactions.RunAsync);
        Run(_listener.AcceptAsync);
    }

    /// <summary>Asks the active controller; a broker that cannot reach it gets a <see cref="BrokerUnreachableException"/>.</summary>
    public Task<T> CallControllerAsync<T>(Func<Controller, T> call, CancellationToken cancel) =>
        Cluster.Network.CallControllerAsync(Id, CallTimeout, (controller, _) => ValueTask.FromResult(call(controller)), cancel);

    /// <summary>The end of this life: connections are cut, nothing more is done.</summary>
    public async ValueTask DisposeAsync()
    {
        Cluster.Network.Leave(this);
        await _life.CancelAsync();
        await _listener.DisposeAsync();
        foreach (var replica in Replicas.All)
            replica.Close();
        await Task.WhenAll(_running);
        await _applier.EndedAsync();
        ProducerIds.Dispose();
        _life.Dispose();
    }

    private void Run(Func<CancellationToken, Task> loop) => _running.Add(Task.Run(async () =>
    {
        try
        {
            await loop(Life);
        }
        catch (OperationCanceledException) when (Life.IsCancellationRequested)
        {
            // The life is over.
        }
        catch (Exception broken)
        {
            _logger.LoopFailed(broken, Id);
            throw;
        }
    }));

    private async Task HeartbeatAsync(CancellationToken cancel)
    {
        while (true)
        {
            await Gate.WaitAsync(cancel);
            try
            {
                if (Epoch < 0 || !await CallControllerAsync(controller => controller.Heartbeat(Id, Epoch), cancel))
                    Epoch = await CallControllerAsync(controller => controller.Register(Id, Endpoint.Address.ToString(), Endpoint.Port), cancel);
            }
            catch (BrokerUnreachableException)
            {
                // Tried again with the next heartbeat.
            }

            await Task.Delay(Epoch < 0 ? TimeSpan.FromMilliseconds(50) : Options.BrokerSessionTimeout / 8, Time, cancel);
        }
    }

    private async Task FollowMetadataAsync(CancellationToken cancel)
    {
        while (true)
        {
            await Gate.WaitAsync(cancel);
            try
            {
                var version = Image.Version;
                var image = await Cluster.Network.CallControllerAsync(
                    Id, TimeSpan.FromSeconds(30), (controller, stop) => controller.NewerThanAsync(version, stop), cancel);
                await Gate.WaitAsync(cancel);
                var before = Image;
                Volatile.Write(ref _image, image);
                _applier.Apply(before, image);
            }
            catch (BrokerUnreachableException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), Time, cancel);
            }
        }
    }

    private async Task TendReplicasAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), Time);
        while (await timer.WaitForNextTickAsync(cancel))
        {
            await Gate.WaitAsync(cancel);
            foreach (var replica in Replicas.All)
            {
                replica.ReviewIsr();
                replica.Checkpoint();
            }
        }
    }

    private async Task CleanLogsAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Options.LogCleanupInterval, Time);
        while (await timer.WaitForNextTickAsync(cancel))
        {
            await Gate.WaitAsync(cancel);
            foreach (var replica in Replicas.All.Where(replica => !TopicImage.IsInternalName(replica.Partition.Topic)))
                replica.Clean();
        }
    }
}
