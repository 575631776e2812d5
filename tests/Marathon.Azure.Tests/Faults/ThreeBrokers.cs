using Marathon.Controller.Topics;
using Marathon.Reports;
using Marathon.Verification;

namespace Marathon.Azure.Tests.Faults;

/// <summary>A cluster that tells of a broker which the bootstrap servers leave out, and of nothing else.</summary>
internal sealed class ThreeBrokers : IClusterAdmin
{
    public Task<IReadOnlyList<string>> BrokerHostsAsync(ClusterAddress cluster, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>(["10.1.0.4", "10.1.0.6"]);

    public Task<bool> ExistsAsync(ClusterAddress cluster, string topic, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task CreateAsync(ClusterAddress cluster, NewTopic topic, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task DeleteAsync(ClusterAddress cluster, string topic, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<long>> StartOffsetsAsync(ClusterAddress cluster, string topic, int partitions, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<long>> EndOffsetsAsync(ClusterAddress cluster, string topic, int partitions, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<long>> StableOffsetsAsync(ClusterAddress cluster, string topic, int partitions, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<AnomalyExample>> CheckTimeIndexAsync(ClusterAddress cluster, string topic, int partitions, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<int> InSyncReplicasAsync(ClusterAddress cluster, string topic, int partition, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<int> UnderReplicatedPartitionsAsync(ClusterAddress cluster, string topic, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ProtocolReport> ProtocolAsync(ClusterAddress cluster, CancellationToken cancellationToken) => throw new NotSupportedException();
}
