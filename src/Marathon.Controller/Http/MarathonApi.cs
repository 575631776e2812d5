using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Marathon.Controller.Http;

/// <summary>The HTTP API as one table; both hosts serve it.</summary>
public static class MarathonApi
{
    private const long Small = 16 << 10, Medium = 1 << 20, Large = 64 << 20;

    /// <summary>Every route.</summary>
    public static IReadOnlyList<ApiRoute> Routes { get; } =
    [
        new("POST", "api/runs", ApiAccess.Operator, Medium, RunRoutes.StartAsync),
        new("GET", "api/runs", ApiAccess.Operator, 0, RunRoutes.ListAsync),
        new("GET", "api/runs/{runId}", ApiAccess.Operator, 0, RunRoutes.GetAsync),
        new("GET", "api/runs/{runId}/report", ApiAccess.Operator, 0, RunRoutes.ReportAsync),
        new("POST", "api/runs/{runId}/interrupt", ApiAccess.Operator, Small, ControlRoutes.InterruptAsync),
        new("POST", "api/runs/{runId}/pause", ApiAccess.Operator, Small, ControlRoutes.PauseAsync),
        new("POST", "api/runs/{runId}/resume", ApiAccess.Operator, Small, ControlRoutes.ResumeAsync),
        new("POST", "api/runs/{runId}/throughput", ApiAccess.Operator, Small, ControlRoutes.ThroughputAsync),
        new("GET", "api/loop", ApiAccess.Operator, 0, LoopRoutes.GetAsync),
        new("PUT", "api/loop", ApiAccess.Operator, LoopRoutes.MaxListBytes, LoopRoutes.PutAsync),
        new("POST", "api/loop/{action}", ApiAccess.Operator, Small, LoopRoutes.TellAsync),
        new("PUT", "api/runs/{runId}/workers/{workerId}/registration", ApiAccess.Worker, Small, WorkerRoutes.RegisterAsync),
        new("PUT", "api/runs/{runId}/workers/{workerId}", ApiAccess.Worker, Medium, WorkerRoutes.HeartbeatAsync),
        new("POST", "api/runs/{runId}/events/{name}", ApiAccess.Worker, Small, WorkerRoutes.EventAsync),
        new("PUT", "api/runs/{runId}/evidence/{workerId}/{epoch}", ApiAccess.Worker, Large, WorkerRoutes.EvidenceAsync),
    ];

    /// <summary>Maps every route, and those that the host has among its services: a fleet provider may bring its own.</summary>
    public static IEndpointRouteBuilder MapMarathonApi(this IEndpointRouteBuilder endpoints)
    {
        foreach (ApiRoute route in Routes.Concat(endpoints.ServiceProvider.GetServices<ApiRoute>()))
        {
            endpoints.MapMethods("/" + route.Pattern, [route.Method], (RequestDelegate)(async context =>
            {
                IResult result = await ApiGate.RunAsync(route, context);
                await result.ExecuteAsync(context);
            }));
        }

        return endpoints;
    }
}
