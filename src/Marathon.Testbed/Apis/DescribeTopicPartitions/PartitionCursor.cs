using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.DescribeTopicPartitions;

/// <summary>The partition at which the next answer begins.</summary>
internal sealed class PartitionCursor : IMessage
{
    public string Topic { get; set; } = "";

    public int Partition { get; set; }

    public void Exchange(Wire wire)
    {
        Topic = wire.String(Topic);
        Partition = wire.Int32(Partition);
    }
}
