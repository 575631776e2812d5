using Marathon.Cli.Processes;

namespace Marathon.Cli.Kafka;

/// <summary>A local Apache Kafka cluster whose brokers are children of this process and end with it.</summary>
internal sealed class KafkaCluster : IAsyncDisposable
{
    private const int PortTries = 5;
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(10);
    private readonly BoundProcess starter;

    private KafkaCluster(IReadOnlyList<KafkaNode> nodes, BoundProcess starter)
    {
        Nodes = nodes;
        this.starter = starter;
    }

    /// <summary>Its nodes, by id.</summary>
    public IReadOnlyList<KafkaNode> Nodes { get; }

    /// <summary>For clients.</summary>
    public string BootstrapServers => string.Join(',', Nodes.Select(n => n.Address));

    /// <summary>Makes a cluster in an empty folder and waits until it serves; takes other ports when some are gone by then.</summary>
    public static async Task<KafkaCluster> StartAsync(KafkaFiles files, JavaRuntime java, KafkaHome home, int brokers, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(files.Folder);
        string logging = await KafkaLogging.WriteAsync(home, files.Folder, cancellationToken);
        BoundProcess starter = new();
        for (int attempt = 1; ; attempt++)
        {
            int[] ports = FreePorts.Find(2 * brokers);
            NodeProperties[] properties = [.. Enumerable.Range(1, brokers).Select(id => new NodeProperties(id, ports[id - 1], ports[brokers + id - 1]))];
            KafkaCluster cluster = new([.. properties.Select(p => new KafkaNode(p, files, java, home, logging, starter))], starter);
            try
            {
                await cluster.FormatAndStartAsync(properties, cancellationToken);
                return cluster;
            }
            catch (IOException) when (attempt < PortTries && cluster.LostAPort())
            {
                await cluster.StopAsync(TimeSpan.Zero);
                foreach (KafkaNode node in cluster.Nodes)
                {
                    Directory.Delete(files.Data(node.Id), recursive: true);
                }
            }
            catch
            {
                await cluster.DisposeAsync();
                throw;
            }
        }
    }

    /// <summary>SIGTERM to all, SIGKILL to those that have not ended in time.</summary>
    public Task StopAsync(TimeSpan grace) =>
        Task.WhenAll(Nodes.Select(n => n.Process?.TerminateAsync(grace, CancellationToken.None) ?? Task.CompletedTask));

    public async ValueTask DisposeAsync()
    {
        await StopAsync(StopGrace);
        starter.Dispose();
    }

    private async Task FormatAndStartAsync(NodeProperties[] properties, CancellationToken cancellationToken)
    {
        string clusterId = ClusterId.New();
        await Task.WhenAll(Nodes.Select(async node =>
        {
            await node.FormatAsync(properties, clusterId, cancellationToken);
            await node.StartAsync(cancellationToken);
        }));
        await Task.WhenAll(Nodes.Select(node => node.WaitUntilServesAsync(cancellationToken)));
    }

    private bool LostAPort() => Nodes.Any(n => n.State == "dead" && n.LastWords.Contains("Address already in use", StringComparison.Ordinal));
}
