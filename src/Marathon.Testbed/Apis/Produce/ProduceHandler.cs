using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Marathon.Testbed.Protocol;
using Marathon.Testbed.Records;

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
        var response = new ProduceResponse();
        List<(ProduceResponse.Partition Partition, Task<ErrorCode> Replicated)>? pending = null;
        foreach (var topic in request.Topics)
        {
            var answer = new ProduceResponse.Topic { Name = topic.Name };
            response.Topics.Add(answer);
            foreach (var partition in topic.Partitions)
            {
                var (entry, replicated) = Append(request, topic.Name, partition, context);
                answer.Partitions.Add(entry);
                if (replicated is not null)
                    (pending ??= []).Add((entry, replicated));
            }
        }

        if (request.Acks == 0)
            return WithoutAnswer(response);
        NameLeaders(response, context);
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

        NameLeaders(response, context);
        return response;
    }

    private static (ProduceResponse.Partition Entry, Task<ErrorCode>? Replicated) Append(
        ProduceRequest request, string topic, ProduceRequest.Partition partition, RequestContext context)
    {
        var entry = new ProduceResponse.Partition { Index = partition.Index };
        if (request.Acks is not (ProduceRequest.AllInSync or 0 or 1))
        {
            entry.Error = ErrorCode.InvalidRequiredAcks;
            return (entry, null);
        }

        if (context.Broker.Replicas.Find(topic, partition.Index) is not { } replica)
        {
            var exists = context.Image.Topic(topic)?.Partition(partition.Index) is not null;
            entry.Error = exists ? ErrorCode.NotLeaderOrFollower : ErrorCode.UnknownTopicOrPartition;
            return (entry, null);
        }

        var records = partition.Records?.Contiguous() ?? default;
        entry.Error = BatchValidation.Check(records.Span, replica.Config.MaxMessageBytes, out var header);
        if (entry.Error == ErrorCode.None && replica.Config.LogAppendTime)
            header = StampAppendTime(records, entry, context.Broker.Time.GetUtcNow());
        if (entry.Error != ErrorCode.None)
            return (entry, null);
        var outcome = replica.Append(records.Span, header, request.Acks == ProduceRequest.AllInSync);
        entry.Error = outcome.Error;
        entry.BaseOffset = outcome.BaseOffset;
        entry.LogStartOffset = outcome.LogStartOffset;
        var waits = outcome.Error == ErrorCode.None && request.Acks == ProduceRequest.AllInSync;
        return (entry, waits ? replica.ReplicatedAsync(outcome.NextOffset, outcome.LeaderEpoch) : null);
    }

    private static RecordBatchHeader StampAppendTime(ReadOnlyMemory<byte> records, ProduceResponse.Partition entry, DateTimeOffset now)
    {
        // The request's own buffer: nobody reads it but us.
        var batch = MemoryMarshal.AsMemory(records).Span;
        entry.LogAppendTimeMs = now.ToUnixTimeMilliseconds();
        var attributes = RecordBatchHeader.Read(batch).Attributes | BatchAttributes.LogAppendTime;
        BinaryPrimitives.WriteInt16BigEndian(batch[RecordBatchHeader.AttributesPosition..], (short)attributes);
        BinaryPrimitives.WriteInt64BigEndian(batch[RecordBatchHeader.MaxTimestampPosition..], entry.LogAppendTimeMs);
        BatchWriter.MakeCrcGood(batch);
        return RecordBatchHeader.Read(batch);
    }

    private static void NameLeaders(ProduceResponse response, RequestContext context)
    {
        if (context.Version < 10)
            return;
        foreach (var topic in response.Topics)
        {
            foreach (var partition in topic.Partitions)
            {
                if (partition.Error == ErrorCode.NotLeaderOrFollower
                    && context.Image.Topic(topic.Name)?.Partition(partition.Index) is { } known)
                {
                    partition.CurrentLeader = new LeaderIdAndEpoch { LeaderId = known.Leader, LeaderEpoch = known.LeaderEpoch };
                }
            }
        }

        response.NodeEndpoints = NodeEndpoint.Of(response.Topics.SelectMany(t => t.Partitions).Select(p => p.CurrentLeader), context.Image);
    }
}
