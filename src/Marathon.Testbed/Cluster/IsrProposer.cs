using Marathon.Testbed.Replication;

namespace Marathon.Testbed.Cluster;

/// <summary>Takes a leader's proposals to the controller, again and again until it answers or the leader has lost interest.</summary>
internal sealed class IsrProposer(Broker broker) : IIsrProposals
{
    private static readonly TimeSpan Backoff = TimeSpan.FromMilliseconds(200);

    public void Propose(Replica replica, IsrProposal proposal) => _ = Task.Run(() => ProposeAsync(replica, proposal));

    private async Task ProposeAsync(Replica replica, IsrProposal proposal)
    {
        try
        {
            while (replica.IsProposed(proposal))
            {
                await broker.Gate.WaitAsync(broker.Life);
                if (await TryAsync(replica, proposal))
                    return;
                await Task.Delay(Backoff, broker.Time, broker.Life);
            }
        }
        catch (OperationCanceledException)
        {
            // The broker's life is over.
        }
    }

    private async Task<bool> TryAsync(Replica replica, IsrProposal proposal)
    {
        try
        {
            var (error, partitionEpoch) = await broker.CallControllerAsync(
                controller => controller.AlterPartition(broker.Id, replica.Partition, proposal), broker.Life);
            await broker.Gate.WaitAsync(broker.Life);
            replica.OnIsrAnswer(proposal, error == Protocol.ErrorCode.None, partitionEpoch);
            return true;
        }
        catch (BrokerUnreachableException)
        {
            return false;
        }
    }
}
