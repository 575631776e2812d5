using Microsoft.AspNetCore.Http;

namespace Marathon.Controller.Http;

/// <summary>One route of the HTTP API.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Pattern">Route pattern, without a leading slash.</param>
/// <param name="Access">Who may call it.</param>
/// <param name="MaxBodyBytes">Size that the request's body may have.</param>
/// <param name="Handler">What it does; services come from the request, route values from its route data.</param>
public sealed record ApiRoute(string Method, string Pattern, ApiAccess Access, long MaxBodyBytes, Func<HttpContext, Task<IResult>> Handler);
