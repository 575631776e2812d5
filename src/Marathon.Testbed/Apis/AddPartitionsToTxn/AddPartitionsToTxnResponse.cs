using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.AddPartitionsToTxn;

internal sealed class AddPartitionsToTxnResponse : IMessage
{
    public int ThrottleTimeMs { get; set; }

    public List<PartitionErrors> Topics { get; set; } = [];

    public void Exchange(Wire wire)
    {
        ThrottleTimeMs = wire.Int32(ThrottleTimeMs);
        Topics = wire.Array(Topics);
    }
}
