using Marathon.Testbed.Cluster;
using Marathon.Testbed.Groups;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.TxnOffsetCommit;

internal sealed class TxnOffsetCommitHandler() : ApiHandler<TxnOffsetCommitRequest>(ApiKey.TxnOffsetCommit)
{
    private static readonly TimeSpan CommitTimeout = TimeSpan.FromSeconds(5);

    protected override async ValueTask<IMessage> HandleAsync(TxnOffsetCommitRequest request, RequestContext context, CancellationToken cancel)
    {
        var error = await CommitAsync(request, context, cancel);
        return new TxnOffsetCommitResponse
        {
            Topics = request.Topics.ConvertAll(topic => new PartitionErrors
            {
                Name = topic.Name,
                Partitions = topic.Partitions.ConvertAll(p => new PartitionErrors.Entry { Index = p.Index, Error = error }),
            }),
        };
    }

    private static async Task<ErrorCode> CommitAsync(TxnOffsetCommitRequest request, RequestContext context, CancellationToken cancel)
    {
        var offsets = Offsets(request, context.Broker.Time.GetUtcNow());
        if (offsets.Any(offset => context.Image.Partition(offset.Key) is null))
            return ErrorCode.UnknownTopicOrPartition;
        var error = context.Broker.Groups.FindOrCreate(request.GroupId, out var group);
        if (error == ErrorCode.None)
            error = group.CheckTransactionalCommit(request.MemberId, request.GroupInstanceId, request.GenerationId);
        if (error == ErrorCode.None)
            error = await VerifyAsync(request, context, cancel);
        if (error != ErrorCode.None)
            return error;
        try
        {
            return await group.CommitInTransactionAsync(request.ProducerId, request.ProducerEpoch, offsets)
                .WaitAsync(CommitTimeout, context.Broker.Time, cancel);
        }
        catch (TimeoutException)
        {
            return ErrorCode.CoordinatorNotAvailable;
        }
    }

    private static List<(TopicPartition Key, OffsetCommitValue Value)> Offsets(TxnOffsetCommitRequest request, DateTimeOffset now) =>
    [
        .. request.Topics.SelectMany(topic => topic.Partitions.Select(partition => (
            new TopicPartition(topic.Name, partition.Index),
            new OffsetCommitValue
            {
                Offset = partition.Offset,
                LeaderEpoch = partition.LeaderEpoch,
                Metadata = partition.Metadata ?? "",
                CommitTimestamp = now.ToUnixTimeMilliseconds(),
            }))),
    ];

    private static async Task<ErrorCode> VerifyAsync(TxnOffsetCommitRequest request, RequestContext context, CancellationToken cancel)
    {
        var error = context.Broker.Groups.Find(request.GroupId, out GroupPartition partition);
        if (error != ErrorCode.None || partition.Replica.HasTransactionOf(request.ProducerId))
            return error;
        error = await context.Broker.VerifyTransactionAsync(
            request.TransactionalId, request.ProducerId, request.ProducerEpoch, partition.Replica.Partition, cancel);
        return error is ErrorCode.NotCoordinator or ErrorCode.ConcurrentTransactions or ErrorCode.CoordinatorNotAvailable
            ? ErrorCode.CoordinatorLoadInProgress
            : FencedError.For(error, isKnown: false);
    }
}
