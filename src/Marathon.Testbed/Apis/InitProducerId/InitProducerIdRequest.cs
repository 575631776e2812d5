using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.InitProducerId;

internal sealed class InitProducerIdRequest : IMessage
{
    public string? TransactionalId { get; set; }

    public int TransactionTimeoutMs { get; set; }

    public long ProducerId { get; set; } = -1;

    public short ProducerEpoch { get; set; } = -1;

    public void Exchange(Wire wire)
    {
        TransactionalId = wire.NullableString(TransactionalId);
        TransactionTimeoutMs = wire.Int32(TransactionTimeoutMs);
        if (wire.Version < 3)
            return;
        ProducerId = wire.Int64(ProducerId);
        ProducerEpoch = wire.Int16(ProducerEpoch);
    }
}
