using Marathon.Configuration;
using Marathon.Kafka.Admin;

namespace Marathon.Controller.Clusters;

/// <summary>A cluster that is there already, named by its bootstrap servers. It is neither started nor stopped.</summary>
/// <param name="others">Names that are no bootstrap servers: other providers', or ones that this host has not.</param>
public sealed class ExistingClusterProvider(params string[] others) : IClusterProvider
{
    private static readonly TimeSpan s_reachableWithin = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public bool Serves(string cluster) => !others.Contains(cluster);

    /// <inheritdoc/>
    public async Task CheckAsync(ClusterRequest request, CancellationToken cancellationToken)
    {
        string[] servers = request.Cluster.Split(',', StringSplitOptions.TrimEntries);
        if (servers.FirstOrDefault(s => !IsHostAndPort(s)) is { } wrong)
        {
            throw new SpecException("cluster", $"'{wrong}' is not host:port", "give testbed, kafka, or bootstrap servers such as broker1:9092,broker2:9092");
        }

        try
        {
            await DescribeAsync(request.Cluster, cancellationToken);
        }
        catch (ClusterUnreachableException e)
        {
            throw new SpecException("cluster", e.Message, "or leave it out to use the embedded testbed");
        }
    }

    /// <inheritdoc/>
    public async Task<ClusterDescription?> ProvisionAsync(ClusterRequest request, CancellationToken cancellationToken)
    {
        ClusterInfo cluster = await DescribeAsync(request.Cluster, cancellationToken);
        return new ClusterDescription("existing", "unknown", cluster.Brokers.Count, request.Cluster);
    }

    /// <inheritdoc/>
    public Task<ClusterHealth> RenewAsync(string runId, CancellationToken cancellationToken) => Task.FromResult(new ClusterHealth(true));

    /// <inheritdoc/>
    public Task ReleaseAsync(string runId, CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task<ClusterInfo> DescribeAsync(string bootstrapServers, CancellationToken cancellationToken)
    {
        using KafkaAdmin admin = new(bootstrapServers, reachableWithin: s_reachableWithin);
        return await admin.DescribeClusterAsync(cancellationToken);
    }

    private static bool IsHostAndPort(string server) =>
        server.LastIndexOf(':') is > 0 and var colon &&
        int.TryParse(server.AsSpan(colon + 1), out int port) && port is > 0 and < 65_536 &&
        !server.AsSpan(0, colon).ContainsAny(" /\\@");
}
