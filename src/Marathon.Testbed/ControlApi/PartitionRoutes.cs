using Marathon.Testbed.Cluster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Marathon.Testbed.ControlApi;

/// <summary><c>POST /partitions/{topic}/{n}/elect[?leader=ID][&amp;unclean=true]</c>.</summary>
internal static class PartitionRoutes
{
    public static void Map(WebApplication app, TestbedCluster cluster) =>
        app.MapPost("/partitions/{topic}/{partition:int}/elect", (string topic, int partition, int? leader, bool? unclean) =>
        {
            var key = new TopicPartition(topic, partition);
            var failure = cluster.Resources.Controller.ElectLeader(key, leader, unclean ?? false);
            if (!failure.IsNone)
                return Results.Problem(failure.Message ?? failure.Error.ToString(), statusCode: StatusCodes.Status409Conflict);
            var elected = cluster.Resources.Controller.Image.Partition(key);
            return Results.Ok(new { elected!.Leader, elected.LeaderEpoch, elected.Isr });
        });
}
