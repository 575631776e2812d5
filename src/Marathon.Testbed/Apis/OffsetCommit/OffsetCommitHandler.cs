using Marathon.Testbed.Cluster;
using Marathon.Testbed.Groups;
using Marathon.Testbed.Lies.Groups;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.OffsetCommit;

internal sealed class OffsetCommitHandler() : ApiHandler<OffsetCommitRequest>(ApiKey.OffsetCommit)
{
    /// <summary><c>offset.metadata.max.bytes</c>.</summary>
    private const int MaxMetadataLength = 4096;

    /// <summary><c>offsets.commit.timeout.ms</c>.</summary>
    private static readonly TimeSpan CommitTimeout = TimeSpan.FromSeconds(5);

    protected override async ValueTask<IMessage> HandleAsync(OffsetCommitRequest request, RequestContext context, CancellationToken cancel)
    {
        var error = context.Broker.Groups.FindOrCreate(request.GroupId, out var group);
        if (error == ErrorCode.None)
            error = group.CheckCommit(request.MemberId, request.GroupInstanceId, request.GenerationId);
        var response = new OffsetCommitResponse();
        var accepted = new List<(TopicPartition, OffsetCommitValue?)>();
        var waiting = new List<PartitionErrors.Entry>();
        var now = context.Broker.Time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var topic in request.Topics)
        {
            var entries = new PartitionErrors { Name = topic.Name };
            response.Topics.Add(entries);
            foreach (var partition in topic.Partitions)
            {
                var entry = new PartitionErrors.Entry { Index = partition.Index, Error = error };
                entries.Partitions.Add(entry);
                if (error == ErrorCode.None)
                    entry.Error = Check(topic.Name, partition, context);
                if (entry.Error != ErrorCode.None)
                    continue;
                waiting.Add(entry);
                accepted.Add((new TopicPartition(topic.Name, partition.Index), new OffsetCommitValue
                {
                    Offset = partition.Offset,
                    LeaderEpoch = partition.LeaderEpoch,
                    Metadata = partition.Metadata ?? "",
                    CommitTimestamp = now,
                }));
            }
        }

        if (accepted.Count == 0)
            return response;
        error = await CommitAsync(group, accepted, context, cancel);
        waiting.ForEach(entry => entry.Error = error);
        if (error == ErrorCode.None)
            context.Broker.Cluster.Lies.Find<CommitRegression>()?.OnCommitted(group, accepted.Select(offset => offset.Item1));
        return response;
    }

    private static ErrorCode Check(string topic, OffsetCommitRequest.Partition partition, RequestContext context)
    {
        if (context.Image.Topic(topic)?.Partition(partition.Index) is null)
            return ErrorCode.UnknownTopicOrPartition;
        return partition.Metadata?.Length > MaxMetadataLength ? ErrorCode.OffsetMetadataTooLarge : ErrorCode.None;
    }

    private static async Task<ErrorCode> CommitAsync(
        Group group, List<(TopicPartition, OffsetCommitValue?)> offsets, RequestContext context, CancellationToken cancel)
    {
        try
        {
            return await group.CommitAsync(offsets).WaitAsync(CommitTimeout, context.Broker.Time, cancel);
        }
        catch (TimeoutException)
        {
            return ErrorCode.CoordinatorNotAvailable;
        }
    }
}
