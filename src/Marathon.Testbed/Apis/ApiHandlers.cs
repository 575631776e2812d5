using System.Collections.Frozen;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis;

/// <summary>The handler of every request in the catalog.</summary>
internal static class ApiHandlers
{
    private static readonly FrozenDictionary<ApiKey, IApiHandler> ByKey = new IApiHandler[]
    {
        new AddOffsetsToTxn.AddOffsetsToTxnHandler(),
        new AddPartitionsToTxn.AddPartitionsToTxnHandler(),
        new ApiVersions.ApiVersionsHandler(),
        new CreatePartitions.CreatePartitionsHandler(),
        new CreateTopics.CreateTopicsHandler(),
        new DeleteGroups.DeleteGroupsHandler(),
        new DeleteRecords.DeleteRecordsHandler(),
        new DeleteTopics.DeleteTopicsHandler(),
        new DescribeCluster.DescribeClusterHandler(),
        new DescribeConfigs.DescribeConfigsHandler(),
        new DescribeGroups.DescribeGroupsHandler(),
        new DescribeLogDirs.DescribeLogDirsHandler(),
        new DescribeProducers.DescribeProducersHandler(),
        new DescribeTopicPartitions.DescribeTopicPartitionsHandler(),
        new DescribeTransactions.DescribeTransactionsHandler(),
        new EndTxn.EndTxnHandler(),
        new Fetch.FetchHandler(),
        new FindCoordinator.FindCoordinatorHandler(),
        new Heartbeat.HeartbeatHandler(),
        new InitProducerId.InitProducerIdHandler(),
        new JoinGroup.JoinGroupHandler(),
        new LeaveGroup.LeaveGroupHandler(),
        new ListGroups.ListGroupsHandler(),
        new ListTransactions.ListTransactionsHandler(),
        new ListOffsets.ListOffsetsHandler(),
        new Metadata.MetadataHandler(),
        new OffsetCommit.OffsetCommitHandler(),
        new OffsetDelete.OffsetDeleteHandler(),
        new OffsetFetch.OffsetFetchHandler(),
        new OffsetForLeaderEpoch.OffsetForLeaderEpochHandler(),
        new Produce.ProduceHandler(),
        new SyncGroup.SyncGroupHandler(),
        new TxnOffsetCommit.TxnOffsetCommitHandler(),
        new WriteTxnMarkers.WriteTxnMarkersHandler(),
    }.ToFrozenDictionary(handler => handler.Key);

    public static IApiHandler For(ApiKey key) => ByKey[key];
}
