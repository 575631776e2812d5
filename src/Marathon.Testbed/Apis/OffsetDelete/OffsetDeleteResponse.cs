using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.OffsetDelete;

internal sealed class OffsetDeleteResponse : IMessage
{
    public ErrorCode Error { get; set; }

    public int ThrottleTimeMs { get; set; }

    public List<PartitionErrors> Topics { get; set; } = [];

    public void Exchange(Wire wire)
    {
        Error = wire.Error(Error);
        ThrottleTimeMs = wire.Int32(ThrottleTimeMs);
        Topics = wire.Array(Topics);
    }
}
