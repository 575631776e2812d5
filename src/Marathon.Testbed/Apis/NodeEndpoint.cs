using Marathon.Testbed.Metadata;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis;

/// <summary>Where a broker named in <see cref="LeaderIdAndEpoch"/> is.</summary>
internal sealed class NodeEndpoint : IMessage
{
    public int NodeId { get; set; }

    public string Host { get; set; } = "";

    public int Port { get; set; }

    public static List<NodeEndpoint> Of(IEnumerable<LeaderIdAndEpoch?> leaders, MetadataImage image) =>
    [
        .. leaders.Select(leader => leader?.LeaderId ?? -1).Distinct().Where(image.IsAlive)
            .Select(id => new NodeEndpoint { NodeId = id, Host = image.Brokers[id].Host, Port = image.Brokers[id].Port }),
    ];

    public void Exchange(Wire wire)
    {
        NodeId = wire.Int32(NodeId);
        Host = wire.String(Host);
        Port = wire.Int32(Port);
        wire.NullableString(null);
    }
}
