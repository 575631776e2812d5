using Marathon.Testbed.Groups;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.Heartbeat;

internal sealed class HeartbeatHandler() : ApiHandler<HeartbeatRequest>(ApiKey.Heartbeat)
{
    protected override ValueTask<IMessage> HandleAsync(HeartbeatRequest request, RequestContext context, CancellationToken cancel)
    {
        var error = context.Broker.Groups.Find(request.GroupId, out Group? group);
        if (error == ErrorCode.None)
            error = group?.Heartbeat(request.MemberId, request.GroupInstanceId, request.GenerationId) ?? ErrorCode.UnknownMemberId;
        return ValueTask.FromResult<IMessage>(new HeartbeatResponse { Error = error });
    }
}
