using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.DescribeCluster;

internal sealed class DescribeClusterRequest : IMessage
{
    public bool IncludeClusterAuthorizedOperations { get; set; }

    /// <summary>1 asks for brokers, 2 for controllers.</summary>
    public sbyte EndpointType { get; set; } = 1;

    public void Exchange(Wire wire)
    {
        IncludeClusterAuthorizedOperations = wire.Bool(IncludeClusterAuthorizedOperations);
        if (wire.Version >= 1)
            EndpointType = wire.Int8(EndpointType);
    }
}
