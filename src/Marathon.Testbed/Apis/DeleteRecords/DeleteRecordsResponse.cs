using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.DeleteRecords;

internal sealed class DeleteRecordsResponse : IMessage
{
    public int ThrottleTimeMs { get; set; }

    public List<Topic> Topics { get; set; } = [];

    public void Exchange(Wire wire)
    {
        ThrottleTimeMs = wire.Int32(ThrottleTimeMs);
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

        /// <summary>Where the log starts now.</summary>
        public long LowWatermark { get; set; } = -1;

        public ErrorCode Error { get; set; }

        public void Exchange(Wire wire)
        {
            Index = wire.Int32(Index);
            LowWatermark = wire.Int64(LowWatermark);
            Error = wire.Error(Error);
        }
    }
}
