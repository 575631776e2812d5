using Marathon.Controller.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace Marathon.Functions.Http;

/// <summary>Finds a request's route in <see cref="MarathonApi.Routes"/> and those of the fleets, and runs it as the one-machine host does.</summary>
internal sealed class ApiTable(IEnumerable<ApiRoute> more)
{
    private readonly (ApiRoute Route, TemplateMatcher Matcher)[] matchers =
        [.. MarathonApi.Routes.Concat(more).Select(r => (r, new TemplateMatcher(TemplateParser.Parse(r.Pattern), [])))];

    public async Task<IResult> AnswerAsync(HttpContext context)
    {
        List<string> otherMethods = [];
        foreach ((ApiRoute route, TemplateMatcher matcher) in matchers)
        {
            RouteValueDictionary values = [];
            if (!matcher.TryMatch(context.Request.Path, values))
            {
                continue;
            }

            if (HttpMethods.Equals(route.Method, context.Request.Method))
            {
                context.Request.RouteValues = values;
                return await ApiGate.RunAsync(route, context);
            }

            otherMethods.Add(route.Method);
        }

        return otherMethods.Count == 0
            ? Results.Problem(title: "There is no such route", detail: $"{context.Request.Path} is not part of the API", statusCode: StatusCodes.Status404NotFound)
            : Results.Problem(
                title: "The route has no such method",
                detail: $"{context.Request.Path} takes {string.Join(", ", otherMethods)}",
                statusCode: StatusCodes.Status405MethodNotAllowed);
    }
}
