using System.Collections.Immutable;
using Marathon.Testbed.Cluster;
using Marathon.Testbed.Control;
using Marathon.Testbed.Metadata;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.CreateTopics;

internal sealed class CreateTopicsHandler() : ApiHandler<CreateTopicsRequest>(ApiKey.CreateTopics)
{
    protected override async ValueTask<IMessage> HandleAsync(CreateTopicsRequest request, RequestContext context, CancellationToken cancel)
    {
        var response = new CreateTopicsResponse();
        foreach (var topic in request.Topics)
        {
            var repeated = request.Topics.Count(other => other.Name == topic.Name) > 1;
            response.Topics.Add(repeated
                ? new CreateTopicsResponse.Topic { Name = topic.Name, Error = ErrorCode.InvalidRequest, ErrorMessage = "Duplicate topic name." }
                : await CreateAsync(topic, request.ValidateOnly, context, cancel));
        }

        return response;
    }

    private static async Task<CreateTopicsResponse.Topic> CreateAsync(
        CreateTopicsRequest.Topic topic, bool validateOnly, RequestContext context, CancellationToken cancel)
    {
        var configs = topic.Configs.DistinctBy(config => config.Name).ToDictionary(config => config.Name, config => config.Value);
        var assignments = topic.Assignments.OrderBy(a => a.PartitionIndex).Select(a => a.BrokerIds.ToImmutableArray()).ToList();
        var wanted = new NewTopic(topic.Name, topic.NumPartitions, topic.ReplicationFactor, assignments, configs);
        try
        {
            var (failure, made) = await context.Broker.CallControllerAsync(c => c.CreateTopic(wanted, validateOnly), cancel);
            return made is null ? Refused(topic, failure) : Made(made);
        }
        catch (BrokerUnreachableException)
        {
            return Refused(topic, new ApiFailure(ErrorCode.RequestTimedOut, "The controller did not answer."));
        }
    }

    private static CreateTopicsResponse.Topic Refused(CreateTopicsRequest.Topic topic, ApiFailure failure) =>
        new() { Name = topic.Name, Error = failure.Error, ErrorMessage = failure.Message };

    private static CreateTopicsResponse.Topic Made(TopicImage topic) => new()
    {
        Name = topic.Name,
        TopicId = topic.Id,
        NumPartitions = topic.Partitions.Length,
        ReplicationFactor = (short)topic.Partitions[0].Replicas.Length,
        Configs =
        [
            .. TopicConfigCatalog.All.Select(definition => new CreateTopicsResponse.Config
            {
                Name = definition.Name,
                Value = topic.Config.Value(definition.Name),
                Source = (sbyte)ConfigSources.Of(topic.Config, definition.Name),
            }),
        ],
    };
}
