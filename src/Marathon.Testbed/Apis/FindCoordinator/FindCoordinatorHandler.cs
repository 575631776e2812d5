using Marathon.Testbed.Control;
using Marathon.Testbed.Groups;
using Marathon.Testbed.Metadata;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.FindCoordinator;

internal sealed class FindCoordinatorHandler() : ApiHandler<FindCoordinatorRequest>(ApiKey.FindCoordinator)
{
    protected override async ValueTask<IMessage> HandleAsync(FindCoordinatorRequest request, RequestContext context, CancellationToken cancel)
    {
        var response = new FindCoordinatorResponse();
        var keys = context.Version >= 4 ? request.CoordinatorKeys : [request.Key];
        foreach (var key in keys)
            response.Coordinators.Add(await FindAsync(key, request.KeyType, context, cancel));
        return response;
    }

    private static async ValueTask<FindCoordinatorResponse.Coordinator> FindAsync(
        string key, sbyte keyType, RequestContext context, CancellationToken cancel)
    {
        var answer = new FindCoordinatorResponse.Coordinator { Key = key };
        var name = keyType switch
        {
            FindCoordinatorRequest.GroupKey => TopicImage.ConsumerOffsets,
            FindCoordinatorRequest.TransactionKey => TopicImage.TransactionState,
            _ => null,
        };
        if (name is null)
        {
            answer.Error = ErrorCode.InvalidRequest;
            return answer;
        }

        var image = context.Image;
        if (image.Topic(name) is not { } topic)
        {
            await TopicAutoCreation.CreateAsync(name, context.Broker, cancel);
            answer.Error = ErrorCode.CoordinatorNotAvailable;
            return answer;
        }

        var leader = topic.Partition(JavaHash.PartitionFor(key, topic.Partitions.Length))!.Leader;
        if (!image.IsAlive(leader))
        {
            answer.Error = ErrorCode.CoordinatorNotAvailable;
            return answer;
        }

        (answer.NodeId, answer.Host, answer.Port) = (leader, image.Brokers[leader].Host, image.Brokers[leader].Port);
        return answer;
    }
}
