using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Marathon.Durable.Embedded.Http;

/// <summary>Refusals as problem details (RFC 9457) that say what is wrong with what.</summary>
internal static class ManagementErrors
{
    public static async ValueTask<object?> TranslateAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (OrchestrationAlreadyExistsException e)
        {
            return Conflict(e.Message);
        }
        catch (ArgumentException e)
        {
            return BadRequest(e.Message);
        }
        catch (JsonException e)
        {
            return BadRequest("The body is no valid JSON: " + e.Message);
        }
        catch (BadHttpRequestException e)
        {
            return Results.Problem(e.Message, statusCode: e.StatusCode);
        }
    }

    public static IResult BadRequest(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status400BadRequest);

    public static IResult Conflict(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status409Conflict);

    public static IResult NotFound(string instanceId) => Results.Problem(
        $"No orchestration has the instance id '{instanceId}'.", statusCode: StatusCodes.Status404NotFound);

    public static IResult Gone(OrchestrationMetadata instance) => Results.Problem(
        $"The orchestration '{instance.InstanceId}' has ended; it is {instance.RuntimeStatus}.", statusCode: StatusCodes.Status410Gone);
}
