using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.TxnOffsetCommit;

internal sealed class TxnOffsetCommitRequest : IMessage
{
    public string TransactionalId { get; set; } = "";

    public string GroupId { get; set; } = "";

    public long ProducerId { get; set; }

    public short ProducerEpoch { get; set; }

    public int GenerationId { get; set; } = -1;

    public string MemberId { get; set; } = "";

    public string? GroupInstanceId { get; set; }

    public List<Topic> Topics { get; set; } = [];

    public void Exchange(Wire wire)
    {
        TransactionalId = wire.String(TransactionalId);
        GroupId = wire.String(GroupId);
        ProducerId = wire.Int64(ProducerId);
        ProducerEpoch = wire.Int16(ProducerEpoch);
        if (wire.Version >= 3)
        {
            GenerationId = wire.Int32(GenerationId);
            MemberId = wire.String(MemberId);
            GroupInstanceId = wire.NullableString(GroupInstanceId);
        }

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

        public long Offset { get; set; }

        public int LeaderEpoch { get; set; } = -1;

        public string? Metadata { get; set; }

        public void Exchange(Wire wire)
        {
            Index = wire.Int32(Index);
            Offset = wire.Int64(Offset);
            if (wire.Version >= 2)
                LeaderEpoch = wire.Int32(LeaderEpoch);
            Metadata = wire.NullableString(Metadata);
        }
    }
}
