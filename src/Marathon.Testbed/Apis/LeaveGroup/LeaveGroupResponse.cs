using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.LeaveGroup;

internal sealed class LeaveGroupResponse : IMessage
{
    public int ThrottleTimeMs { get; set; }

    public ErrorCode Error { get; set; }

    public List<Member> Members { get; set; } = [];

    public void Exchange(Wire wire)
    {
        if (wire.Version >= 1)
            ThrottleTimeMs = wire.Int32(ThrottleTimeMs);
        Error = wire.Error(Error);
        if (wire.Version >= 3)
            Members = wire.Array(Members);
    }

    internal sealed class Member : IMessage
    {
        public string MemberId { get; set; } = "";

        public string? GroupInstanceId { get; set; }

        public ErrorCode Error { get; set; }

        public void Exchange(Wire wire)
        {
            MemberId = wire.String(MemberId);
            GroupInstanceId = wire.NullableString(GroupInstanceId);
            Error = wire.Error(Error);
        }
    }
}
