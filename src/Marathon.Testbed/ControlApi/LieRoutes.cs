using Marathon.Testbed.Cluster;
using Microsoft.AspNetCore.Builder;

namespace Marathon.Testbed.ControlApi;

/// <summary><c>GET /lies</c>: what was asked for, how often it was told, and examples.</summary>
internal static class LieRoutes
{
    public static void Map(WebApplication app, TestbedCluster cluster) => app.MapGet("/lies", () => cluster.Resources.Lies.Reports);
}
