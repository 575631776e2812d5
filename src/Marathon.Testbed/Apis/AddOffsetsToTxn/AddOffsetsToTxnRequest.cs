using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.AddOffsetsToTxn;

internal sealed class AddOffsetsToTxnRequest : IMessage
{
    public string TransactionalId { get; set; } = "";

    public long ProducerId { get; set; }

    public short ProducerEpoch { get; set; }

    public string GroupId { get; set; } = "";

    public void Exchange(Wire wire)
    {
        TransactionalId = wire.String(TransactionalId);
        ProducerId = wire.Int64(ProducerId);
        ProducerEpoch = wire.Int16(ProducerEpoch);
        GroupId = wire.String(GroupId);
    }
}
