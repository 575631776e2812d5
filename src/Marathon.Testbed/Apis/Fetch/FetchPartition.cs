using Marathon.Testbed.Protocol;
using Marathon.Testbed.Records;

namespace Marathon.Testbed.Apis.Fetch;

internal sealed class FetchPartition : ITaggedMessage
{
    public int Index { get; set; }

    public ErrorCode Error { get; set; }

    public long HighWatermark { get; set; } = -1;

    public long LastStableOffset { get; set; } = -1;

    public long LogStartOffset { get; set; } = -1;

    public List<Aborted>? AbortedTransactions { get; set; }

    public int PreferredReadReplica { get; set; } = -1;

    public RecordSet? Records { get; set; } = new();

    public (int Epoch, long EndOffset)? Diverging { get; set; }

    public LeaderIdAndEpoch? CurrentLeader { get; set; }

    public void Exchange(Wire wire)
    {
        Index = wire.Int32(Index);
        Error = wire.Error(Error);
        HighWatermark = wire.Int64(HighWatermark);
        LastStableOffset = wire.Int64(LastStableOffset);
        if (wire.Version >= 5)
            LogStartOffset = wire.Int64(LogStartOffset);
        AbortedTransactions = wire.NullableArray(AbortedTransactions);
        if (wire.Version >= 11)
            PreferredReadReplica = wire.Int32(PreferredReadReplica);
        Records = wire.Records(Records);
    }

    public IEnumerable<int> PresentTags(short version)
    {
        if (Diverging is not null)
            yield return 0;
        if (CurrentLeader is not null)
            yield return 1;
    }

    public bool ExchangeTag(int tag, Wire wire)
    {
        switch (tag)
        {
            case 0:
                var end = new EpochEndOffset { Epoch = Diverging?.Epoch ?? -1, EndOffset = Diverging?.EndOffset ?? -1 };
                wire.Struct(end);
                Diverging = (end.Epoch, end.EndOffset);
                return true;
            case 1:
                wire.Struct(CurrentLeader ??= new LeaderIdAndEpoch());
                return true;
            default:
                return false;
        }
    }

    internal sealed class Aborted : IMessage
    {
        public long ProducerId { get; set; }

        public long FirstOffset { get; set; }

        public void Exchange(Wire wire)
        {
            ProducerId = wire.Int64(ProducerId);
            FirstOffset = wire.Int64(FirstOffset);
        }
    }

    private sealed class EpochEndOffset : IMessage
    {
        public int Epoch { get; set; }

        public long EndOffset { get; set; }

        public void Exchange(Wire wire)
        {
            Epoch = wire.Int32(Epoch);
            EndOffset = wire.Int64(EndOffset);
        }
    }
}
