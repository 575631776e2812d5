using Marathon.Testbed.Groups;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.DeleteGroups;

internal sealed class DeleteGroupsHandler() : ApiHandler<DeleteGroupsRequest>(ApiKey.DeleteGroups)
{
    protected override async ValueTask<IMessage> HandleAsync(DeleteGroupsRequest request, RequestContext context, CancellationToken cancel)
    {
        var response = new DeleteGroupsResponse();
        foreach (var name in request.Groups)
        {
            var error = context.Broker.Groups.Find(name, out Group? group);
            if (error == ErrorCode.None)
                error = group is null ? ErrorCode.GroupIdNotFound : await group.DeleteAsync().WaitAsync(cancel);
            response.Results.Add(new DeleteGroupsResponse.Result { GroupId = name, Error = error });
        }

        return response;
    }
}
