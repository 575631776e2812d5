using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.EndTxn;

internal sealed class EndTxnRequest : IMessage
{
    public string TransactionalId { get; set; } = "";

    public long ProducerId { get; set; }

    public short ProducerEpoch { get; set; }

    public bool Committed { get; set; }

    public void Exchange(Wire wire)
    {
        TransactionalId = wire.String(TransactionalId);
        ProducerId = wire.Int64(ProducerId);
        ProducerEpoch = wire.Int16(ProducerEpoch);
        Committed = wire.Bool(Committed);
    }
}
