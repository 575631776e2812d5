using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Groups;

/// <summary>Key of a group in <c>__consumer_offsets</c>, type 2.</summary>
internal sealed class GroupMetadataKey : IMessage
{
    public const short Type = 2;

    public string Group { get; set; } = "";

    public void Exchange(Wire wire) => Group = wire.String(Group);
}
