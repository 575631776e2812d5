using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.DeleteGroups;

internal sealed class DeleteGroupsResponse : IMessage
{
    public int ThrottleTimeMs { get; set; }

    public List<Result> Results { get; set; } = [];

    public void Exchange(Wire wire)
    {
        ThrottleTimeMs = wire.Int32(ThrottleTimeMs);
        Results = wire.Array(Results);
    }

    internal sealed class Result : IMessage
    {
        public string GroupId { get; set; } = "";

        public ErrorCode Error { get; set; }

        public void Exchange(Wire wire)
        {
            GroupId = wire.String(GroupId);
            Error = wire.Error(Error);
        }
    }
}
