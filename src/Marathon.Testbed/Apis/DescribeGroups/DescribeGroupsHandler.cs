using Marathon.Testbed.Groups;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.DescribeGroups;

internal sealed class DescribeGroupsHandler() : ApiHandler<DescribeGroupsRequest>(ApiKey.DescribeGroups)
{
    protected override ValueTask<IMessage> HandleAsync(DescribeGroupsRequest request, RequestContext context, CancellationToken cancel) =>
        ValueTask.FromResult<IMessage>(new DescribeGroupsResponse
        {
            Groups = request.Groups.ConvertAll(group => Describe(group, context)),
        });

    private static DescribeGroupsResponse.Group Describe(string name, RequestContext context)
    {
        var error = context.Broker.Groups.Find(name, out Group? group);
        if (error != ErrorCode.None)
            return new DescribeGroupsResponse.Group { GroupId = name, Error = error };
        return group?.Describe() ?? new DescribeGroupsResponse.Group { GroupId = name, State = nameof(GroupState.Dead) };
    }
}
