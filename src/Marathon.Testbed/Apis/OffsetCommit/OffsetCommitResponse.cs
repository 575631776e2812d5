using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.OffsetCommit;

internal sealed class OffsetCommitResponse : IMessage
{
    public int ThrottleTimeMs { get; set; }

    public List<PartitionErrors> Topics { get; set; } = [];

    public void Exchange(Wire wire)
    {
        if (wire.Version >= 3)
            ThrottleTimeMs = wire.Int32(ThrottleTimeMs);
        Topics = wire.Array(Topics);
    }
}
