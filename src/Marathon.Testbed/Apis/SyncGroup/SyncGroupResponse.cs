using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.SyncGroup;

internal sealed class SyncGroupResponse : IMessage
{
    public int ThrottleTimeMs { get; set; }

    public ErrorCode Error { get; set; }

    public string? ProtocolType { get; set; }

    public string? ProtocolName { get; set; }

    public ReadOnlyMemory<byte> Assignment { get; set; }

    public void Exchange(Wire wire)
    {
        if (wire.Version >= 1)
            ThrottleTimeMs = wire.Int32(ThrottleTimeMs);
        Error = wire.Error(Error);
        if (wire.Version >= 5)
        {
            ProtocolType = wire.NullableString(ProtocolType);
            ProtocolName = wire.NullableString(ProtocolName);
        }

        Assignment = wire.Bytes(Assignment);
    }
}
