using Marathon.Testbed.Groups;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.LeaveGroup;

internal sealed class LeaveGroupHandler() : ApiHandler<LeaveGroupRequest>(ApiKey.LeaveGroup)
{
    protected override ValueTask<IMessage> HandleAsync(LeaveGroupRequest request, RequestContext context, CancellationToken cancel)
    {
        var error = context.Broker.Groups.Find(request.GroupId, out Group? group);
        var response = new LeaveGroupResponse { Error = error };
        if (error != ErrorCode.None)
            return ValueTask.FromResult<IMessage>(response);
        if (context.Version < 3)
        {
            response.Error = group?.Leave(request.MemberId, null) ?? ErrorCode.UnknownMemberId;
            return ValueTask.FromResult<IMessage>(response);
        }

        response.Members = request.Members.ConvertAll(member => new LeaveGroupResponse.Member
        {
            MemberId = member.MemberId,
            GroupInstanceId = member.GroupInstanceId,
            Error = group?.Leave(member.MemberId, member.GroupInstanceId) ?? ErrorCode.UnknownMemberId,
        });
        return ValueTask.FromResult<IMessage>(response);
    }
}
