using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.InitProducerId;

internal sealed class InitProducerIdResponse : IMessage
{
    public int ThrottleTimeMs { get; set; }

    public ErrorCode Error { get; set; }

    public long ProducerId { get; set; } = -1;

    public short ProducerEpoch { get; set; } = -1;

    public void Exchange(Wire wire)
    {
        ThrottleTimeMs = wire.Int32(ThrottleTimeMs);
        Error = wire.Error(Error);
        ProducerId = wire.Int64(ProducerId);
        ProducerEpoch = wire.Int16(ProducerEpoch);
    }
}
