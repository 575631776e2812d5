using Marathon.Testbed.Groups;
using Marathon.Testbed.Lies.Groups;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.SyncGroup;

internal sealed class SyncGroupHandler() : ApiHandler<SyncGroupRequest>(ApiKey.SyncGroup)
{
    protected override async ValueTask<IMessage> HandleAsync(SyncGroupRequest request, RequestContext context, CancellationToken cancel)
    {
        var error = context.Broker.Groups.Find(request.GroupId, out Group? group);
        if (error == ErrorCode.None && group is null)
            error = ErrorCode.UnknownMemberId;
        if (request.Assignments.Count > 0)
            context.Broker.Cluster.Lies.Find<DoubleOwnership>()?.Change(request.GroupId, request.Assignments);
        return error == ErrorCode.None
            ? await group!.SyncAsync(request).WaitAsync(cancel)
            : new SyncGroupResponse { Error = error };
    }
}
