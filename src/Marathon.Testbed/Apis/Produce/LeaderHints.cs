using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.Produce;

/// <summary>Tells a producer that asked the wrong broker which one leads (KIP-951).</summary>
internal static class LeaderHints
{
    public static void Add(ProduceResponse response, RequestContext context)
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
