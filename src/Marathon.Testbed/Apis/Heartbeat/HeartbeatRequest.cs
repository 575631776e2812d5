using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.Heartbeat;

internal sealed class HeartbeatRequest : IMessage
{
    public string GroupId { get; set; } = "";

    public int GenerationId { get; set; }

    public string MemberId { get; set; } = "";

    public string? GroupInstanceId { get; set; }

    public void Exchange(Wire wire)
    {
        GroupId = wire.String(GroupId);
        GenerationId = wire.Int32(GenerationId);
        MemberId = wire.String(MemberId);
        if (wire.Version >= 3)
            GroupInstanceId = wire.NullableString(GroupInstanceId);
    }
}
