using Marathon.Configuration;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Marathon.Controller.Http;

/// <summary>A request that is answered with problem details (RFC 9457).</summary>
public sealed class ProblemException(int status, string title, string detail, IReadOnlyList<SpecError>? errors = null) : Exception($"{title}: {detail}")
{
    /// <summary>When the request may be made again; null where waiting does not help.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>A value that cannot be taken.</summary>
    public static ProblemException Invalid(string field, string problem, string remedy) => Invalid([new SpecError(field, problem, remedy)]);

    /// <summary>Values that cannot be taken.</summary>
    public static ProblemException Invalid(IReadOnlyList<SpecError> errors) =>
        new(StatusCodes.Status400BadRequest, "The request is not valid", string.Join(" | ", errors), errors);

    /// <summary>No such run.</summary>
    public static ProblemException NoSuchRun(string runId) =>
        new(StatusCodes.Status404NotFound, "No such run", $"there is no run '{runId}'; marathon list, or GET /api/runs, shows those that there are");

    /// <summary>Not now.</summary>
    public static ProblemException Conflict(string detail) => new(StatusCodes.Status409Conflict, "Not in this state", detail);

    /// <summary>Never again: the caller stops.</summary>
    public static ProblemException Gone(string detail) => new(StatusCodes.Status410Gone, "No longer wanted", detail);

    /// <summary>A body that is too large.</summary>
    public static ProblemException TooLarge(long limit) =>
        new(StatusCodes.Status413PayloadTooLarge, "The body is too large", $"this route takes at most {limit} bytes");

    /// <summary>More requests than the caller may make.</summary>
    public static ProblemException TooMany(double perSecond, TimeSpan retryAfter) =>
        new(StatusCodes.Status429TooManyRequests, "Too many requests", $"a caller may make {perSecond:0} a second; wait as long as Retry-After says") { RetryAfter = retryAfter };

    /// <summary>No key, or a wrong one.</summary>
    public static ProblemException Unauthorised(string remedy) => new(StatusCodes.Status401Unauthorized, "Not authorised", remedy);

    /// <summary>The answer.</summary>
    public IResult ToResult()
    {
        ProblemDetails details = new() { Status = Status, Title = title, Detail = detail };
        if (errors is not null)
        {
            details.Extensions["errors"] = errors.Select(e => new { field = e.Field, problem = e.Problem, remedy = e.Remedy }).ToArray();
        }

        return Results.Problem(details);
    }
}
