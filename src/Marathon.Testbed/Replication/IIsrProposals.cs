namespace Marathon.Testbed.Replication;

/// <summary>Takes a leader's wish for another set of in-sync replicas to the controller.</summary>
internal interface IIsrProposals
{
    /// <summary>Returns at once; the answer comes by <see cref="Replica.OnIsrAnswer"/>.</summary>
    void Propose(Replica replica, IsrProposal proposal);
}
