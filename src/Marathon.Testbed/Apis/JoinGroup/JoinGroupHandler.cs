using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.JoinGroup;

internal sealed class JoinGroupHandler() : ApiHandler<JoinGroupRequest>(ApiKey.JoinGroup)
{
    /// <summary><c>group.min.session.timeout.ms</c> and <c>group.max.session.timeout.ms</c>.</summary>
    private const int MinSessionTimeoutMs = 6_000;
    private const int MaxSessionTimeoutMs = 1_800_000;

    protected override async ValueTask<IMessage> HandleAsync(JoinGroupRequest request, RequestContext context, CancellationToken cancel)
    {
        var error = context.Broker.Groups.FindOrCreate(request.GroupId, out var group);
        if (error == ErrorCode.None && request.SessionTimeoutMs is < MinSessionTimeoutMs or > MaxSessionTimeoutMs)
            error = ErrorCode.InvalidSessionTimeout;
        return error == ErrorCode.None
            ? await group.JoinAsync(request, context).WaitAsync(cancel)
            : new JoinGroupResponse { Error = error, MemberId = request.MemberId };
    }
}
