using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.DescribeCluster;

internal sealed class DescribeClusterResponse : IMessage
{
    public int ThrottleTimeMs { get; set; }

    public ErrorCode Error { get; set; }

    public string? ErrorMessage { get; set; }

    public sbyte EndpointType { get; set; } = 1;

    public string ClusterId { get; set; } = "";

    public int ControllerId { get; set; } = -1;

    public List<NodeEndpoint> Brokers { get; set; } = [];

    public void Exchange(Wire wire)
    {
        ThrottleTimeMs = wire.Int32(ThrottleTimeMs);
        Error = wire.Error(Error);
        ErrorMessage = wire.NullableString(ErrorMessage);
        if (wire.Version >= 1)
            EndpointType = wire.Int8(EndpointType);
        ClusterId = wire.String(ClusterId);
        ControllerId = wire.Int32(ControllerId);
        Brokers = wire.Array(Brokers);
        wire.Int32(int.MinValue);
    }
}
