using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.DescribeLogDirs;

internal sealed class DescribeLogDirsResponse : IMessage
{
    public int ThrottleTimeMs { get; set; }

    public ErrorCode Error { get; set; }

    public List<Folder> Results { get; set; } = [];

    public void Exchange(Wire wire)
    {
        ThrottleTimeMs = wire.Int32(ThrottleTimeMs);
        if (wire.Version >= 3)
            Error = wire.Error(Error);
        Results = wire.Array(Results);
    }

    internal sealed class Folder : IMessage
    {
        public ErrorCode Error { get; set; }

        public string Path { get; set; } = "";

        public List<Topic> Topics { get; set; } = [];

        public long TotalBytes { get; set; } = -1;

        public long UsableBytes { get; set; } = -1;

        public void Exchange(Wire wire)
        {
            Error = wire.Error(Error);
            Path = wire.String(Path);
            Topics = wire.Array(Topics);
            if (wire.Version < 4)
                return;
            TotalBytes = wire.Int64(TotalBytes);
            UsableBytes = wire.Int64(UsableBytes);
        }
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

        public long SizeBytes { get; set; }

        /// <summary>How far the log is behind the high watermark.</summary>
        public long OffsetLag { get; set; }

        public bool IsFutureKey { get; set; }

        public void Exchange(Wire wire)
        {
            Index = wire.Int32(Index);
            SizeBytes = wire.Int64(SizeBytes);
            OffsetLag = wire.Int64(OffsetLag);
            IsFutureKey = wire.Bool(IsFutureKey);
        }
    }
}
