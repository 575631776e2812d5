using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.DescribeCluster;

internal sealed class DescribeClusterHandler() : ApiHandler<DescribeClusterRequest>(ApiKey.DescribeCluster)
{
    protected override ValueTask<IMessage> HandleAsync(DescribeClusterRequest request, RequestContext context, CancellationToken cancel)
    {
        var image = context.Image;
        return ValueTask.FromResult<IMessage>(new DescribeClusterResponse
        {
            ClusterId = image.ClusterId,
            ControllerId = image.ControllerId,
            Brokers = [.. image.AliveBrokers.Select(b => new NodeEndpoint { NodeId = b.Id, Host = b.Host, Port = b.Port })],
        });
    }
}
