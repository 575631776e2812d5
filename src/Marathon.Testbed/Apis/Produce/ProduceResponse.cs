using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.Produce;

internal sealed class ProduceResponse : ITaggedMessage
{
    public List<Topic> Topics { get; set; } = [];

    public int ThrottleTimeMs { get; set; }

    public List<NodeEndpoint> NodeEndpoints { get; set; } = [];

    public void Exchange(Wire wire)
    {
        Topics = wire.Array(Topics);
        ThrottleTimeMs = wire.Int32(ThrottleTimeMs);
    }

    public IEnumerable<int> PresentTags(short version) => version >= 10 && NodeEndpoints.Count > 0 ? [0] : [];

    public bool ExchangeTag(int tag, Wire wire)
    {
        if (tag != 0)
            return false;
        NodeEndpoints = wire.Array(NodeEndpoints);
        return true;
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

    internal sealed class Partition : ITaggedMessage
    {
        public int Index { get; set; }

        public ErrorCode Error { get; set; }

        public long BaseOffset { get; set; } = -1;

        public long LogAppendTimeMs { get; set; } = -1;

        public long LogStartOffset { get; set; } = -1;

        public List<RecordError> RecordErrors { get; set; } = [];

        public string? ErrorMessage { get; set; }

        public LeaderIdAndEpoch? CurrentLeader { get; set; }

        public void Exchange(Wire wire)
        {
            Index = wire.Int32(Index);
            Error = wire.Error(Error);
            BaseOffset = wire.Int64(BaseOffset);
            LogAppendTimeMs = wire.Int64(LogAppendTimeMs);
            if (wire.Version >= 5)
                LogStartOffset = wire.Int64(LogStartOffset);
            if (wire.Version < 8)
                return;
            RecordErrors = wire.Array(RecordErrors);
            ErrorMessage = wire.NullableString(ErrorMessage);
        }

        public IEnumerable<int> PresentTags(short version) => version >= 10 && CurrentLeader is not null ? [0] : [];

        public bool ExchangeTag(int tag, Wire wire)
        {
            if (tag != 0)
                return false;
            wire.Struct(CurrentLeader ??= new LeaderIdAndEpoch());
            return true;
        }
    }

    internal sealed class RecordError : IMessage
    {
        public int BatchIndex { get; set; }

        public string? Message { get; set; }

        public void Exchange(Wire wire)
        {
            BatchIndex = wire.Int32(BatchIndex);
            Message = wire.NullableString(Message);
        }
    }
}
