using System.Reflection;
using Marathon.Azure.Claims;
using Marathon.Controller.Http;
using Marathon.Functions.Http;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;

namespace Marathon.Functions.Tests.Http;

public sealed class ApiFunctionsTests
{
    private static readonly (string Function, HttpTriggerAttribute Trigger)[] s_triggers =
    [
        .. from method in typeof(ApiFunctions).GetMethods()
           let function = method.GetCustomAttribute<FunctionAttribute>()
           where function is not null
           select (function.Name, method.GetParameters()[0].GetCustomAttribute<HttpTriggerAttribute>()!),
    ];

    public static TheoryData<string, string> Routes
    {
        get
        {
            TheoryData<string, string> routes = [];
            foreach (ApiRoute route in MarathonApi.Routes.Append(ClaimRoute.Route)) routes.Add(route.Method, route.Pattern);
            return routes;
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public void Route_IsServedByATriggerOfItsAccess(string method, string pattern)
    {
        ApiRoute route = MarathonApi.Routes.Append(ClaimRoute.Route).Single(candidate => candidate.Method == method && candidate.Pattern == pattern);
        string path = "/" + pattern.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);

        (string _, HttpTriggerAttribute trigger) = s_triggers
            .Where(candidate => candidate.Trigger.Methods!.Contains(method, StringComparer.OrdinalIgnoreCase) && Matches(candidate.Trigger.Route!, path))
            .MaxBy(candidate => candidate.Trigger.Route!.Split('/').Count(segment => !segment.StartsWith('{')));

        Assert.NotNull(trigger);
        Assert.Equal(route.Access == ApiAccess.Worker ? AuthorizationLevel.Anonymous : AuthorizationLevel.Function, trigger.AuthLevel);
    }

    [Fact]
    public void Functions_HaveNamesOfTheirOwn() => Assert.Equal(s_triggers.Length, s_triggers.Select(trigger => trigger.Function).Distinct().Count());

    private static bool Matches(string template, string path) => new TemplateMatcher(TemplateParser.Parse(template), []).TryMatch(path, []);
}
