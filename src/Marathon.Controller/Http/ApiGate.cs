using System.Globalization;
using Marathon.Configuration;
using Marathon.Controller.Runs;
using Marathon.Controller.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Marathon.Controller.Http;

/// <summary>What every request goes through before and after its handler: host, size, key or token, and errors as problem details.</summary>
public static class ApiGate
{
    // A worker beats once a second; an operator's page asks a few times a second.
    private const double WorkerRate = 20, OperatorRate = 50, RefusedRate = 5, Burst = 200;

    /// <summary>Runs a route's handler for a request.</summary>
    public static async Task<IResult> RunAsync(ApiRoute route, HttpContext context)
    {
        ILogger logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Marathon.Controller.Http");
        string path = context.Request.Path.Value ?? "";
        try
        {
            CheckHost(context);
            await CheckCallerAsync(route, context);
            LimitedBody.Limit(context, route.MaxBodyBytes);
            return await route.Handler(context);
        }
        catch (ProblemException problem)
        {
            logger.RequestRefused(route.Method, path, problem.Message);
            if (problem.RetryAfter is { } wait)
            {
                context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }

            return problem.ToResult();
        }
        catch (SpecException error)
        {
            logger.RequestRefused(route.Method, path, error.Message);
            return ProblemException.Invalid(error.Errors).ToResult();
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            logger.RequestRefused(route.Method, path, error.Message);
            return ProblemException.TooLarge(route.MaxBodyBytes).ToResult();
        }
        catch (BadHttpRequestException error)
        {
            return new ProblemException(error.StatusCode, "The request is broken", error.Message).ToResult();
        }
        catch (RunNotFoundException error)
        {
            return ProblemException.NoSuchRun(error.RunId).ToResult();
        }
        catch (StorageException error)
        {
            logger.RequestFailed(route.Method, path, error);
            return new ProblemException(StatusCodes.Status507InsufficientStorage, "The data folder cannot be used", error.Message).ToResult();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            logger.RequestFailed(route.Method, path, error);
            return new ProblemException(StatusCodes.Status500InternalServerError, "The controller broke", $"{error.GetType().Name}: {error.Message}; its log tells more").ToResult();
        }
    }

    private static void CheckHost(HttpContext context)
    {
        string host = context.Request.Host.Host.Trim('[', ']');
        IReadOnlyList<string> allowed = context.RequestServices.GetRequiredService<ControllerOptions>().AllowedHosts;
        if (host is not ("localhost" or "127.0.0.1" or "::1") && !allowed.Contains("*") && !allowed.Contains(host, StringComparer.OrdinalIgnoreCase))
        {
            throw new ProblemException(
                StatusCodes.Status421MisdirectedRequest, "The Host header names nobody here", $"'{context.Request.Host}' is not allowed; call the controller by 127.0.0.1 or localhost, or start it with that name allowed");
        }
    }

    private static async Task CheckCallerAsync(ApiRoute route, HttpContext context)
    {
        string address = $"{context.Connection.RemoteIpAddress}";
        try
        {
            await CheckSecretAsync(route, context);
        }
        catch (ProblemException problem) when (problem.Status == StatusCodes.Status401Unauthorized)
        {
            Take(context, $"refused {address}", RefusedRate);
            throw;
        }

        if (route.Access == ApiAccess.Worker)
        {
            Take(context, $"worker {context.GetRouteValue("runId")} {context.GetRouteValue("workerId")}", WorkerRate);
        }
        else
        {
            Take(context, $"operator {address}", OperatorRate);
        }
    }

    private static void Take(HttpContext context, string caller, double perSecond)
    {
        if (context.RequestServices.GetRequiredService<RequestBudget>().Take(caller, perSecond, Burst) is { } wait)
        {
            throw ProblemException.TooMany(perSecond, wait);
        }
    }

    private static async Task CheckSecretAsync(ApiRoute route, HttpContext context)
    {
        if (route.Access == ApiAccess.Worker)
        {
            string runId = context.GetRouteValue("runId") as string ?? "";
            IRunStore runs = context.RequestServices.GetRequiredService<IRunStore>();

            // A run that does not exist is told apart only with a token, of which there is none: so nobody can list runs here.
            string? token = await runs.TokenAsync(runId, context.RequestAborted);
            if (token is null || !Secret.Matches(Secret.Bearer(context.Request), token))
            {
                throw ProblemException.Unauthorised("workers give their run's token: Authorization: Bearer <token>");
            }

            CheckAge(await runs.GetAsync(runId, context.RequestAborted), context);
        }
        else if (context.RequestServices.GetRequiredService<ControllerOptions>().OperatorKey is { } key
            && !Secret.Matches(Secret.OperatorKey(context.Request), key))
        {
            throw ProblemException.Unauthorised($"operators give the key of controller.json in the data folder, or MARATHON_CONTROLLER_KEY, as header {Secret.OperatorKeyHeader}");
        }
    }

    // Whoever has the right token may know what became of its run.
    private static void CheckAge(RunRecord run, HttpContext context)
    {
        ControllerOptions options = context.RequestServices.GetRequiredService<ControllerOptions>();
        DateTimeOffset now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        if (run.End is { } end && now >= end.At + options.TokenGrace)
        {
            throw ProblemException.Gone($"run '{run.RunId}' ended at {end.At:O}, and its token with it");
        }

        if (now >= run.CreatedAt + options.TokenLifetime)
        {
            throw ProblemException.Unauthorised($"the token of run '{run.RunId}' expired {options.TokenLifetime.TotalDays:0.#} days after its start: start a new run");
        }
    }
}
