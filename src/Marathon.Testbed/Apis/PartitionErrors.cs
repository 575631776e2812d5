using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis;

/// <summary>A topic with an error code for each partition, as several responses have it.</summary>
internal sealed class PartitionErrors : IMessage
{
    public string Name { get; set; } = "";

    public List<Entry> Partitions { get; set; } = [];

    public void Exchange(Wire wire)
    {
        Name = wire.String(Name);
        Partitions = wire.Array(Partitions);
    }

    internal sealed class Entry : IMessage
    {
        public int Index { get; set; }

        public ErrorCode Error { get; set; }

        public void Exchange(Wire wire)
        {
            Index = wire.Int32(Index);
            Error = wire.Error(Error);
        }
    }
}
