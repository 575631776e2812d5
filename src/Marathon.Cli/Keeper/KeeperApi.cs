using System.Security.Cryptography;
using System.Text;
using Marathon.Cli.Api;
using Marathon.Cli.Clusters;
using Marathon.Cli.Kafka;
using Marathon.Cli.Processes;

namespace Marathon.Cli.Keeper;

/// <summary>The keeper's control API: what each broker is doing, and kill, pause, resume, restart of it.</summary>
internal static class KeeperApi
{
    /// <summary>A server on a free loopback port; started by the caller.</summary>
    public static WebApplication Build(KafkaCluster cluster, string version, string key)
    {
        WebApplication app = LoopbackServer.CreateBuilder(0).Build();
        app.Use((context, next) => IsAllowed(context.Request, key) ? next(context) : Refuse(context));
        app.MapGet("/state", () => new ClusterState(
            version, [.. cluster.Nodes.Select(n => new BrokerState(n.Id, n.Address, n.State, n.Process?.Pid))]));
        MapAction(app, cluster, "kill", (node, cancel) => node.Process!.KillAsync(cancel));
        MapAction(app, cluster, "pause", (node, _) => SignalAsync(node, Signal.Stop, "paused"));
        MapAction(app, cluster, "resume", (node, _) => SignalAsync(node, Signal.Continue, "running"));
        MapAction(app, cluster, "restart", RestartAsync);
        return app;
    }

    private static void MapAction(WebApplication app, KafkaCluster cluster, string name, Func<KafkaNode, CancellationToken, Task> act) =>
        app.MapPost($"/brokers/{{id:int}}/{name}", async (int id, CancellationToken cancellationToken) =>
        {
            if (cluster.Nodes.FirstOrDefault(n => n.Id == id) is not { } node)
            {
                return Results.Problem($"there is no broker {id}; the brokers are {string.Join(", ", cluster.Nodes.Select(n => n.Id))}", statusCode: 404);
            }

            try
            {
                await act(node, cancellationToken);
                return Results.Ok(new BrokerState(node.Id, node.Address, node.State, node.Process?.Pid));
            }
            catch (IOException e)
            {
                return Results.Problem(e.Message, statusCode: 409);
            }
        });

    private static async Task SignalAsync(KafkaNode node, Signal signal, string expected)
    {
        node.Process!.Send(signal);
        for (int tries = 0; tries < 100 && node.State != expected; tries++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }

        if (node.State != expected)
        {
            throw new IOException($"broker {node.Id} is {node.State}, it cannot be {expected}; restart it first");
        }
    }

    private static async Task RestartAsync(KafkaNode node, CancellationToken cancellationToken)
    {
        await node.Process!.KillAsync(cancellationToken);
        await node.StartAsync(cancellationToken);
        await node.WaitUntilServesAsync(cancellationToken);
    }

    private static bool IsAllowed(HttpRequest request, string key) =>
        request.Host.Host is "127.0.0.1" or "localhost" &&
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString()), Encoding.UTF8.GetBytes($"Bearer {key}"));

    private static Task Refuse(HttpContext context) =>
        Results.Problem("the keeper's key is missing or wrong; it is in keeper.json beside the cluster's data", statusCode: 401).ExecuteAsync(context);
}
