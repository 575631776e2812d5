using Marathon.Testbed.Cluster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Marathon.Testbed.ControlApi;

/// <summary><c>POST /brokers/{id}/{action}</c>; answers once it is so.</summary>
internal static class BrokerRoutes
{
    private const int LongestWriteDelayMilliseconds = 60_000;

    public static void Map(WebApplication app, TestbedCluster cluster)
    {
        MapAction(app, cluster, "kill", id => cluster.KillBrokerAsync(id));
        MapAction(app, cluster, "terminate", id => cluster.StopBrokerAsync(id));
        MapAction(app, cluster, "start", id => cluster.StartBrokerAsync(id));
        MapAction(app, cluster, "restart", id => cluster.RestartBrokerAsync(id));
        MapAction(app, cluster, "pause", id => Do(() => cluster.PauseBroker(id)));
        MapAction(app, cluster, "resume", id => Do(() => cluster.ResumeBroker(id)));
        MapAction(app, cluster, "isolate", id => Do(() => cluster.IsolateBroker(id)));
        MapAction(app, cluster, "heal", id => Do(() => cluster.HealBroker(id)));
        app.MapPost("/brokers/{id:int}/slow-disk", (int id, int milliseconds) => SlowDisk(cluster, id, milliseconds));
        app.MapPost("/links/{from:int}/{to:int}/cut", (int from, int to) => Link(cluster, from, to, cluster.CutLink));
        app.MapPost("/links/{from:int}/{to:int}/heal", (int from, int to) => Link(cluster, from, to, cluster.HealLink));
    }

    private static void MapAction(WebApplication app, TestbedCluster cluster, string name, Func<int, Task> act) =>
        app.MapPost($"/brokers/{{id:int}}/{name}", async (int id) =>
        {
            if (Unknown(cluster, id) is { } problem)
                return problem;
            try
            {
                await act(id);
                return Results.Ok(StateRoutes.Of(cluster.Host(id), cluster));
            }
            catch (Exception refused) when (refused is TestbedException or InvalidOperationException or TimeoutException)
            {
                return Results.Problem(refused.Message, statusCode: StatusCodes.Status409Conflict);
            }
        });

    private static IResult SlowDisk(TestbedCluster cluster, int id, int milliseconds)
    {
        if (Unknown(cluster, id) is { } problem)
            return problem;
        if (milliseconds is < 0 or > LongestWriteDelayMilliseconds)
        {
            return Results.Problem(
                $"milliseconds is {milliseconds}; give 0, for the disk as it is, to {LongestWriteDelayMilliseconds}", statusCode: StatusCodes.Status400BadRequest);
        }

        cluster.SlowDisk(id, TimeSpan.FromMilliseconds(milliseconds));
        return Results.NoContent();
    }

    private static IResult Link(TestbedCluster cluster, int from, int to, Action<int, int> act)
    {
        if ((Unknown(cluster, from) ?? Unknown(cluster, to)) is { } problem)
            return problem;
        act(from, to);
        return Results.NoContent();
    }

    private static IResult? Unknown(TestbedCluster cluster, int id) =>
        id >= 1 && id <= cluster.BrokerCount
            ? null
            : Results.Problem($"there is no broker {id}; the brokers are 1 to {cluster.BrokerCount}", statusCode: StatusCodes.Status404NotFound);

    private static Task Do(Action act)
    {
        act();
        return Task.CompletedTask;
    }
}
