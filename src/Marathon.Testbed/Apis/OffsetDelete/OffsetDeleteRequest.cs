using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.OffsetDelete;

internal sealed class OffsetDeleteRequest : IMessage
{
    public string GroupId { get; set; } = "";

    public List<Topic> Topics { get; set; } = [];

    public void Exchange(Wire wire)
    {
        GroupId = wire.String(GroupId);
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

        public void Exchange(Wire wire) => Index = wire.Int32(Index);
    }
}
