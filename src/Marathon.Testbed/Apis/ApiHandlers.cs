using System.Collections.Frozen;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis;

/// <summary>The handler of every request in the catalog.</summary>
internal static class ApiHandlers
{
    private static readonly FrozenDictionary<ApiKey, IApiHandler> ByKey = new IApiHandler[]
    {
        new ApiVersions.ApiVersionsHandler(),
        new CreatePartitions.CreatePartitionsHandler(),
        new CreateTopics.CreateTopicsHandler(),
        new DeleteGroups.DeleteGroupsHandler(),
        new DeleteTopics.DeleteTopicsHandler(),
        new DescribeCluster.DescribeClusterHandler(),
        new DescribeConfigs.DescribeConfigsHandler(),
        new DescribeGroups.DescribeGroupsHandler(),
        new Fetch.FetchHandler(),
        new FindCoordinator.FindCoordinatorHandler(),
        new Heartbeat.HeartbeatHandler(),
        new InitProducerId.InitProducerIdHandler(),
        new JoinGroup.JoinGroupHandler(),
        new LeaveGroup.LeaveGroupHandler(),
        new ListGroups.ListGroupsHandler(),
        new ListOffsets.ListOffsetsHandler(),
        new Metadata.MetadataHandler(),
        new OffsetCommit.OffsetCommitHandler(),
        new OffsetDelete.OffsetDeleteHandler(),
        new OffsetFetch.OffsetFetchHandler(),
        new OffsetForLeaderEpoch.OffsetForLeaderEpochHandler(),
        new Produce.ProduceHandler(),
        new SyncGroup.SyncGroupHandler(),
    }.ToFrozenDictionary(handler => handler.Key);

    public static IApiHandler For(ApiKey key) => ByKey[key];
}
