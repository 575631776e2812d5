using Marathon.Testbed.Cluster;
using Marathon.Testbed.Metadata;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Control;

/// <summary>Topics that come into being because someone asked for them.</summary>
internal static class TopicAutoCreation
{
    /// <summary>Asks the controller for a topic with default settings; the code is what a client is told to make it ask again.</summary>
    public static async Task<ErrorCode> CreateAsync(string name, Broker broker, CancellationToken cancel)
    {
        var wanted = name switch
        {
            TopicImage.ConsumerOffsets or TopicImage.TransactionState => Internal(name, broker.Options),
            _ => NewTopic.WithDefaults(name),
        };
        try
        {
            var (failure, _) = await broker.CallControllerAsync(controller => controller.CreateTopic(wanted, validateOnly: false), cancel);
            return failure.Error is ErrorCode.None or ErrorCode.TopicAlreadyExists ? ErrorCode.LeaderNotAvailable : failure.Error;
        }
        catch (BrokerUnreachableException)
        {
            return ErrorCode.LeaderNotAvailable;
        }
    }

    private static NewTopic Internal(string name, TestbedOptions options) => NewTopic.WithDefaults(
        name,
        options.InternalTopicPartitions,
        new Dictionary<string, string?>
        {
            [TopicConfigCatalog.CleanupPolicy] = "compact",
            [TopicConfigCatalog.SegmentBytes] = "104857600",
        });
}
