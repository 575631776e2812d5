using Marathon.Testbed.Cluster;
using Marathon.Testbed.Lies.Transactions;
using Marathon.Testbed.Protocol;
using Marathon.Testbed.Records;

namespace Marathon.Testbed.Transactions;

/// <summary>Takes a transaction's markers to the leaders of its partitions, again and again until each has one.</summary>
internal sealed class MarkerSender(Broker broker)
{
    private static readonly TimeSpan Backoff = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);

    /// <summary>False when this broker is not the transaction's coordinator any more.</summary>
    public async Task<bool> SendAsync(TransactionMetadata transaction, bool committed, TransactionPartition coordinator, CancellationToken cancel)
    {
        var marker = new ControlMarker(committed, coordinator.LeaderEpoch);
        var torn = broker.Cluster.Lies.Find<TornTransaction>()?.Tear(transaction.TransactionalId, transaction.Partitions, committed);
        var sent = await Task.WhenAll(transaction.Partitions.Select(partition =>
            SendAsync(transaction, partition, partition == torn ? marker with { Committed = !committed } : marker, coordinator, cancel)));
        return Array.TrueForAll(sent, each => each);
    }

    private async Task<bool> SendAsync(
        TransactionMetadata transaction, TopicPartition partition, ControlMarker marker, TransactionPartition coordinator, CancellationToken cancel)
    {
        while (coordinator.IsCurrent)
        {
            await broker.Gate.WaitAsync(cancel);
            switch (await TrySendAsync(transaction, partition, marker, cancel))
            {
                case ErrorCode.None or ErrorCode.UnknownTopicOrPartition:
                    return true;
                case ErrorCode.TransactionCoordinatorFenced or ErrorCode.InvalidProducerEpoch:
                    return false;
                default:
                    await Task.Delay(Backoff, broker.Time, cancel);
                    break;
            }
        }

        return false;
    }

    private async Task<ErrorCode> TrySendAsync(
        TransactionMetadata transaction, TopicPartition partition, ControlMarker marker, CancellationToken cancel)
    {
        if (broker.Image.Partition(partition) is not { } known)
            return ErrorCode.UnknownTopicOrPartition;
        try
        {
            return await broker.Cluster.Network.CallAsync(
                broker.Id,
                known.Leader,
                CallTimeout,
                (leader, stop) => leader.WriteMarkerAsync(partition, transaction.ProducerId, transaction.Epoch, marker, stop),
                cancel);
        }
        catch (BrokerUnreachableException)
        {
            return ErrorCode.RequestTimedOut;
        }
    }
}
