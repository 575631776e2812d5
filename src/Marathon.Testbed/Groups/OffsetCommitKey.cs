using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Groups;

/// <summary>Key of an offset in <c>__consumer_offsets</c>, types 0 and 1.</summary>
internal sealed class OffsetCommitKey : IMessage
{
    public const short Type = 1;

    public string Group { get; set; } = "";

    public string Topic { get; set; } = "";

    public int Partition { get; set; }

    public void Exchange(Wire wire)
    {
        Group = wire.String(Group);
        Topic = wire.String(Topic);
        Partition = wire.Int32(Partition);
    }
}
