using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Groups;

/// <summary>Value of an offset in <c>__consumer_offsets</c>, version 3.</summary>
internal sealed class OffsetCommitValue : IMessage
{
    public const short Version = 3;

    public long Offset { get; set; }

    public int LeaderEpoch { get; set; } = -1;

    public string Metadata { get; set; } = "";

    public long CommitTimestamp { get; set; }

    public void Exchange(Wire wire)
    {
        Offset = wire.Int64(Offset);
        LeaderEpoch = wire.Int32(LeaderEpoch);
        Metadata = wire.String(Metadata);
        CommitTimestamp = wire.Int64(CommitTimestamp);
    }
}
