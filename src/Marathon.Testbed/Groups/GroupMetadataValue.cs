using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Groups;

/// <summary>Value of a group in <c>__consumer_offsets</c>, version 3.</summary>
internal sealed class GroupMetadataValue : IMessage
{
    public const short Version = 3;

    public string ProtocolType { get; set; } = "";

    public int Generation { get; set; }

    public string? Protocol { get; set; }

    public string? Leader { get; set; }

    public long CurrentStateTimestamp { get; set; } = -1;

    public List<Member> Members { get; set; } = [];

    public void Exchange(Wire wire)
    {
        ProtocolType = wire.String(ProtocolType);
        Generation = wire.Int32(Generation);
        Protocol = wire.NullableString(Protocol);
        Leader = wire.NullableString(Leader);
        CurrentStateTimestamp = wire.Int64(CurrentStateTimestamp);
        Members = wire.Array(Members);
    }

    internal sealed class Member : IMessage
    {
        public string MemberId { get; set; } = "";

        public string? GroupInstanceId { get; set; }

        public string ClientId { get; set; } = "";

        public string ClientHost { get; set; } = "";

        public int RebalanceTimeoutMs { get; set; } = -1;

        public int SessionTimeoutMs { get; set; }

        public ReadOnlyMemory<byte> Subscription { get; set; }

        public ReadOnlyMemory<byte> Assignment { get; set; }

        public void Exchange(Wire wire)
        {
            MemberId = wire.String(MemberId);
            GroupInstanceId = wire.NullableString(GroupInstanceId);
            ClientId = wire.String(ClientId);
            ClientHost = wire.String(ClientHost);
            RebalanceTimeoutMs = wire.Int32(RebalanceTimeoutMs);
            SessionTimeoutMs = wire.Int32(SessionTimeoutMs);
            Subscription = wire.Bytes(Subscription);
            Assignment = wire.Bytes(Assignment);
        }
    }
}
