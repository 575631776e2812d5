using Marathon.Testbed.Cluster;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.DeleteTopics;

internal sealed class DeleteTopicsHandler() : ApiHandler<DeleteTopicsRequest>(ApiKey.DeleteTopics)
{
    protected override async ValueTask<IMessage> HandleAsync(DeleteTopicsRequest request, RequestContext context, CancellationToken cancel)
    {
        var wanted = context.Version >= 6
            ? request.Topics
            : request.TopicNames.ConvertAll(name => new DeleteTopicsRequest.Topic { Name = name });
        var response = new DeleteTopicsResponse();
        foreach (var topic in wanted)
            response.Results.Add(await DeleteAsync(topic, context, cancel));
        return response;
    }

    private static async Task<DeleteTopicsResponse.Result> DeleteAsync(
        DeleteTopicsRequest.Topic wanted, RequestContext context, CancellationToken cancel)
    {
        var result = new DeleteTopicsResponse.Result { Name = wanted.Name, TopicId = wanted.TopicId };
        try
        {
            var (topic, failure) = await context.Broker.CallControllerAsync(
                controller =>
                {
                    var found = wanted.Name is null ? controller.Image.Topic(wanted.TopicId) : controller.Image.Topic(wanted.Name);
                    return (found, found is null ? default : controller.DeleteTopic(found));
                },
                cancel);
            if (topic is null)
            {
                result.Error = wanted.Name is null ? ErrorCode.UnknownTopicId : ErrorCode.UnknownTopicOrPartition;
                return result;
            }

            (result.Name, result.TopicId, result.Error) = (topic.Name, topic.Id, failure.Error);
        }
        catch (BrokerUnreachableException)
        {
            result.Error = ErrorCode.RequestTimedOut;
        }

        return result;
    }
}
