using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.ListGroups;

internal sealed class ListGroupsHandler() : ApiHandler<ListGroupsRequest>(ApiKey.ListGroups)
{
    protected override ValueTask<IMessage> HandleAsync(ListGroupsRequest request, RequestContext context, CancellationToken cancel)
    {
        var coordinator = context.Broker.Groups;
        if (coordinator.IsLoading)
            return ValueTask.FromResult<IMessage>(new ListGroupsResponse { Error = ErrorCode.CoordinatorLoadInProgress });
        var groups = coordinator.All.Select(group => new ListGroupsResponse.Group
        {
            GroupId = group.Id,
            ProtocolType = group.ProtocolType,
            State = group.State.ToString(),
        });
        return ValueTask.FromResult<IMessage>(new ListGroupsResponse
        {
            Groups =
            [
                .. groups.Where(group =>
                    Matches(request.StatesFilter, group.State) && Matches(request.TypesFilter, group.Type)),
            ],
        });
    }

    private static bool Matches(List<string> filter, string value) =>
        filter.Count == 0 || filter.Contains(value, StringComparer.OrdinalIgnoreCase);
}
