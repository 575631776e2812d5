using Marathon.Testbed.Metadata;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.DescribeConfigs;

internal sealed class DescribeConfigsHandler() : ApiHandler<DescribeConfigsRequest>(ApiKey.DescribeConfigs)
{
    protected override ValueTask<IMessage> HandleAsync(DescribeConfigsRequest request, RequestContext context, CancellationToken cancel) =>
        ValueTask.FromResult<IMessage>(new DescribeConfigsResponse
        {
            Results = request.Resources.ConvertAll(resource => Describe(resource, request.IncludeSynonyms, context)),
        });

    private static DescribeConfigsResponse.Result Describe(
        DescribeConfigsRequest.Resource resource, bool withSynonyms, RequestContext context)
    {
        var result = new DescribeConfigsResponse.Result { ResourceType = resource.Type, ResourceName = resource.Name };
        switch (resource.Type)
        {
            case ConfigResourceType.Topic when context.Image.Topic(resource.Name) is { } topic:
                result.Configs = [.. TopicConfigCatalog.All.Where(d => IsWanted(d.Name)).Select(d => OfTopic(d, topic.Config, withSynonyms))];
                break;
            case ConfigResourceType.Topic:
                result.Error = ErrorCode.UnknownTopicOrPartition;
                break;
            case ConfigResourceType.Broker:
                result.Configs = [.. BrokerConfig.Of(context.Broker).Where(entry => IsWanted(entry.Name)).Select(OfBroker)];
                break;
            default:
                result.Error = ErrorCode.InvalidRequest;
                result.ErrorMessage = $"Resource type {resource.Type} is not supported";
                break;
        }

        return result;

        bool IsWanted(string name) => resource.Keys is null || resource.Keys.Contains(name);
    }

    private static DescribeConfigsResponse.Config OfTopic(ConfigDefinition definition, TopicConfig config, bool withSynonyms)
    {
        var (value, source) = (config.Value(definition.Name), (sbyte)ConfigSources.Of(config, definition.Name));
        return new DescribeConfigsResponse.Config
        {
            Name = definition.Name,
            Value = value,
            Source = source,
            ConfigType = (sbyte)definition.Type,
            Synonyms = withSynonyms ? [new DescribeConfigsResponse.Synonym { Name = definition.Name, Value = value, Source = source }] : [],
        };
    }

    private static DescribeConfigsResponse.Config OfBroker((string Name, string Value, ConfigType Type) entry) => new()
    {
        Name = entry.Name,
        Value = entry.Value,
        ReadOnly = true,
        Source = (sbyte)ConfigSource.StaticBroker,
        ConfigType = (sbyte)entry.Type,
    };
}
