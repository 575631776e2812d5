using Marathon.Testbed.Protocol;
using Marathon.Testbed.Replication;

namespace Marathon.Testbed.Apis.DescribeLogDirs;

/// <summary>The broker's one log folder, which all brokers of the cluster share, with the sizes of its own replicas.</summary>
internal sealed class DescribeLogDirsHandler() : ApiHandler<DescribeLogDirsRequest>(ApiKey.DescribeLogDirs)
{
    protected override ValueTask<IMessage> HandleAsync(DescribeLogDirsRequest request, RequestContext context, CancellationToken cancel)
    {
        var wanted = request.Topics?.ToLookup(topic => topic.Name, topic => topic.Partitions);
        var replicas = context.Broker.Replicas.All
            .Where(replica => wanted is null || wanted[replica.Partition.Topic].Any(indices => indices.Contains(replica.Partition.Partition)));
        return ValueTask.FromResult<IMessage>(new DescribeLogDirsResponse
        {
            Results =
            [
                new DescribeLogDirsResponse.Folder
                {
                    Path = context.Broker.Cluster.Chunks.Folder,
                    Topics = [.. replicas.GroupBy(replica => replica.Partition.Topic).Select(Describe)],
                },
            ],
        });
    }

    private static DescribeLogDirsResponse.Topic Describe(IGrouping<string, Replica> topic) => new()
    {
        Name = topic.Key,
        Partitions = [.. topic.OrderBy(replica => replica.Partition.Partition).Select(Describe)],
    };

    private static DescribeLogDirsResponse.Partition Describe(Replica replica)
    {
        var view = replica.View();
        return new DescribeLogDirsResponse.Partition
        {
            Index = replica.Partition.Partition,
            SizeBytes = view.SizeBytes,
            OffsetLag = Math.Max(0, view.HighWatermark - view.LogEndOffset),
        };
    }
}
