using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.DescribeTopicPartitions;

internal sealed class DescribeTopicPartitionsRequest : IMessage
{
    /// <summary>None asks for all.</summary>
    public List<Topic> Topics { get; set; } = [];

    public int PartitionLimit { get; set; } = 2000;

    public PartitionCursor? Cursor { get; set; }

    public void Exchange(Wire wire)
    {
        Topics = wire.Array(Topics);
        PartitionLimit = wire.Int32(PartitionLimit);
        Cursor = wire.NullableStruct(Cursor);
    }

    internal sealed class Topic : IMessage
    {
        public string Name { get; set; } = "";

        public void Exchange(Wire wire) => Name = wire.String(Name);
    }
}
