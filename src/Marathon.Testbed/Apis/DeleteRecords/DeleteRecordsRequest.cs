using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.DeleteRecords;

internal sealed class DeleteRecordsRequest : IMessage
{
    public List<Topic> Topics { get; set; } = [];

    public int TimeoutMs { get; set; }

    public void Exchange(Wire wire)
    {
        Topics = wire.Array(Topics);
        TimeoutMs = wire.Int32(TimeoutMs);
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

        /// <summary>Everything below goes; -1 is the high watermark.</summary>
        public long Offset { get; set; }

        public void Exchange(Wire wire)
        {
            Index = wire.Int32(Index);
            Offset = wire.Int64(Offset);
        }
    }
}
