using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.LeaveGroup;

internal sealed class LeaveGroupRequest : IMessage
{
    public string GroupId { get; set; } = "";

    public string MemberId { get; set; } = "";

    public List<Member> Members { get; set; } = [];

    public void Exchange(Wire wire)
    {
        GroupId = wire.String(GroupId);
        if (wire.Version <= 2)
            MemberId = wire.String(MemberId);
        else
            Members = wire.Array(Members);
    }

    internal sealed class Member : IMessage
    {
        public string MemberId { get; set; } = "";

        public string? GroupInstanceId { get; set; }

        public string? Reason { get; set; }

        public void Exchange(Wire wire)
        {
            MemberId = wire.String(MemberId);
            GroupInstanceId = wire.NullableString(GroupInstanceId);
            if (wire.Version >= 5)
                Reason = wire.NullableString(Reason);
        }
    }
}
