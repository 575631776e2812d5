using Marathon.Testbed.Protocol;
using Marathon.Testbed.Records;

namespace Marathon.Testbed.Apis.Produce;

internal sealed class ProduceRequest : IMessage
{
    public const short AllInSync = -1;

    public string? TransactionalId { get; set; }

    public short Acks { get; set; }

    public int TimeoutMs { get; set; }

    public List<Topic> Topics { get; set; } = [];

    public void Exchange(Wire wire)
    {
        TransactionalId = wire.NullableString(TransactionalId);
        Acks = wire.Int16(Acks);
        TimeoutMs = wire.Int32(TimeoutMs);
        Topics = wire.Array(Topics);
    }

    internal sealed class Topic : IMessage
    {
        public string Name { get; set; } = "";

        public List<Partition> Partitions { get; set; } = [];

        public void Exchange(Wire wire)
        {
            Name = wire.String(Name);
            Partitions = wire.Array(Partitions);
        }
    }

    internal sealed class Partition : IMessage
    {
        public int Index { get; set; }

        public RecordSet? Records { get; set; }

        public void Exchange(Wire wire)
        {
            Index = wire.Int32(Index);
            Records = wire.Records(Records);
        }
    }
}
