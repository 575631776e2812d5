using Marathon.Testbed.Lies.Transactions;
using Marathon.Testbed.Protocol;
using Marathon.Testbed.Records;
using Marathon.Testbed.Replication;

namespace Marathon.Testbed.Apis.Produce;

/// <summary>Appends at the leader; with acks=all the answer waits for the high watermark, and requests behind it do not.</summary>
internal sealed class ProduceHandler : IApiHandler
{
    public ApiKey Key => ApiKey.Produce;

    public async ValueTask<Answer> HandleAsync(WireReader body, RequestContext context, CancellationToken cancel)
    {
        var request = new ProduceRequest();
        body.Struct(request);
        await context.Broker.Cluster.Chunks.RoomAsync().WaitAsync(cancel);
        await context.Broker.Disk.ReadyToWriteAsync(context.Broker.Time, cancel);
        var response = new ProduceResponse();
        List<(ProduceResponse.Partition Partition, Task<ErrorCode> Replicated)>? pending = null;
        foreach (var topic in request.Topics)
        {
            var answer = new ProduceResponse.Topic { Name = topic.Name };
            response.Topics.Add(answer);
            foreach (var partition in topic.Partitions)
            {
                var entry = new ProduceResponse.Partition { Index = partition.Index };
                answer.Partitions.Add(entry);
                var (replica, records, header) = Check(request, topic.Name, partition, entry, context);
                if (replica is null)
                    continue;
                if (header.IsTransactional && replica.BeginsTransaction(header))
                    entry.Error = await VerifyAsync(request, replica, header, context, cancel);
                if (entry.Error == ErrorCode.None && Append(request, replica, records, header, entry, context) is { } replicated)
                    (pending ??= []).Add((entry, replicated));
            }
        }

        if (request.Acks == 0)
            return WithoutAnswer(response);
        LeaderHints.Add(response, context);
        return pending is null
            ? Answer.Of(response)
            : UntilReplicatedAsync(response, pending, TimeSpan.FromMilliseconds(request.TimeoutMs), context, cancel);
    }

    /// <summary>A client that asked for no answer learns of an error by losing its connection.</summary>
    private static Answer WithoutAnswer(ProduceResponse response) =>
        response.Topics.Exists(topic => topic.Partitions.Exists(partition => partition.Error != ErrorCode.None))
            ? throw new MalformedFrameException("a produce request with acks=0 failed")
            : Answer.None;

    private static async Task<IMessage?> UntilReplicatedAsync(
        ProduceResponse response,
        List<(ProduceResponse.Partition Partition, Task<ErrorCode> Replicated)> pending,
        TimeSpan timeout,
        RequestContext context,
        CancellationToken cancel)
    {
        try
        {
            await Task.WhenAll(pending.Select(each => each.Replicated)).WaitAsync(timeout, context.Broker.Time, cancel);
        }
        catch (TimeoutException)
        {
            // Those that are not through are answered so below.
        }

        foreach (var (partition, replicated) in pending)
        {
            partition.Error = replicated.IsCompleted ? await replicated : ErrorCode.RequestTimedOut;
            if (partition.Error != ErrorCode.None)
                partition.BaseOffset = -1;
        }

        LeaderHints.Add(response, context);
        return response;
    }

    private static (Replica? Replica, ReadOnlyMemory<byte> Records, RecordBatchHeader Header) Check(
        ProduceRequest request, string topic, ProduceRequest.Partition partition, ProduceResponse.Partition entry, RequestContext context)
    {
        if (request.Acks is not (ProduceRequest.AllInSync or 0 or 1))
        {
            entry.Error = ErrorCode.InvalidRequiredAcks;
            return default;
        }

        if (context.Broker.Replicas.Find(topic, partition.Index) is not { } replica)
        {
            var exists = context.Image.Topic(topic)?.Partition(partition.Index) is not null;
            entry.Error = exists ? ErrorCode.NotLeaderOrFollower : ErrorCode.UnknownTopicOrPartition;
            return default;
        }

        var records = partition.Records?.Contiguous() ?? default;
        entry.Error = BatchValidation.Check(records.Span, replica.Config.MaxMessageBytes, out var header);
        if (entry.Error == ErrorCode.None && header.IsTransactional && string.IsNullOrEmpty(request.TransactionalId))
            entry.Error = ErrorCode.InvalidRecord;
        if (entry.Error == ErrorCode.None && replica.Config.LogAppendTime)
            (header, entry.LogAppendTimeMs) = AppendTime.Stamp(records, context.Broker.Time.GetUtcNow());
        return entry.Error == ErrorCode.None ? (replica, records, header) : default;
    }

    private static async ValueTask<ErrorCode> VerifyAsync(
        ProduceRequest request, Replica replica, RecordBatchHeader header, RequestContext context, CancellationToken cancel)
    {
        var error = await context.Broker.VerifyTransactionAsync(
            request.TransactionalId!, header.ProducerId, header.ProducerEpoch, replica.Partition, cancel);
        // The coordinator's passing troubles are not for a producer's eyes: this error makes it try again.
        return error is ErrorCode.NotCoordinator or ErrorCode.ConcurrentTransactions or ErrorCode.CoordinatorNotAvailable
            or ErrorCode.CoordinatorLoadInProgress
            ? ErrorCode.NotEnoughReplicas
            : FencedError.For(error, isKnown: false);
    }

    private static Task<ErrorCode>? Append(
        ProduceRequest request, Replica replica, ReadOnlyMemory<byte> records, RecordBatchHeader header, ProduceResponse.Partition entry,
        RequestContext context)
    {
        var lied = context.Broker.Cluster.Lies.Incoming(context.Broker, replica, records, header);
        if (lied is not null)
            (records, header) = lied.Build();
        var admitsZombies = context.Broker.Cluster.Lies.Find<ZombieNotFenced>() is not null;
        var outcome = replica.Append(records.Span, header, request.Acks == ProduceRequest.AllInSync, admitsZombies);
        lied?.Appended(outcome);
        if (outcome.Error == ErrorCode.None)
            context.Broker.Cluster.Meter.Received(header.RecordCount, records.Length);
        entry.Error = outcome.Error;
        entry.BaseOffset = lied?.FalseOffset is { } offset && outcome is { Error: ErrorCode.None, IsRepeated: false }
            ? offset(outcome.BaseOffset)
            : outcome.BaseOffset;
        entry.LogStartOffset = outcome.LogStartOffset;
        if (lied is { FalseError: not ErrorCode.None } && outcome is { Error: ErrorCode.None, IsRepeated: false })
        {
            (entry.Error, entry.BaseOffset) = (lied.FalseError, -1);
            return null;
        }

        return outcome.Error == ErrorCode.None && request.Acks == ProduceRequest.AllInSync
            ? replica.ReplicatedAsync(outcome.NextOffset, outcome.LeaderEpoch)
            : null;
    }
}
