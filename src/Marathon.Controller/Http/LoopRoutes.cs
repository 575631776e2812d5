using Microsoft.AspNetCore.Http;

namespace Marathon.Controller.Http;

/// <summary>The continuous loop.</summary>
internal static class LoopRoutes
{
    public static Task<IResult> NotYetAsync(HttpContext context) => throw new ProblemException(
        StatusCodes.Status501NotImplemented, "Not there yet", "this controller has no loop yet; start single runs with POST /api/runs");
}
