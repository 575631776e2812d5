using Marathon.Testbed.Cluster;
using Marathon.Testbed.Groups;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.OffsetDelete;

internal sealed class OffsetDeleteHandler() : ApiHandler<OffsetDeleteRequest>(ApiKey.OffsetDelete)
{
    protected override async ValueTask<IMessage> HandleAsync(OffsetDeleteRequest request, RequestContext context, CancellationToken cancel)
    {
        var error = context.Broker.Groups.Find(request.GroupId, out Group? group);
        if (error != ErrorCode.None || group is null)
            return new OffsetDeleteResponse { Error = error == ErrorCode.None ? ErrorCode.GroupIdNotFound : error };
        var response = new OffsetDeleteResponse();
        var removed = new List<(TopicPartition, OffsetCommitValue?)>();
        foreach (var topic in request.Topics)
        {
            var refused = group.IsSubscribedTo(topic.Name) ? ErrorCode.GroupSubscribedToTopic : ErrorCode.None;
            response.Topics.Add(new PartitionErrors
            {
                Name = topic.Name,
                Partitions = topic.Partitions.ConvertAll(p => new PartitionErrors.Entry { Index = p.Index, Error = refused }),
            });
            if (refused == ErrorCode.None)
                removed.AddRange(topic.Partitions.Select(p => (new TopicPartition(topic.Name, p.Index), (OffsetCommitValue?)null)));
        }

        if (removed.Count > 0)
            response.Error = await group.CommitAsync(removed).WaitAsync(cancel);
        return response;
    }
}
