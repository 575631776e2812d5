using System.Net;
using Marathon.Controller.Http;
using Marathon.Durable.Embedded;

namespace Marathon.Controller.Tests.Http;

public sealed class RequestBudgetTests
{
    private readonly VirtualTimeProvider time = new();

    [Fact]
    public async Task Take_MoreThanTheBurst_HasToWait_AndGetsTheRateAfterThat()
    {
        RequestBudget budget = new(time);
        Assert.All(Enumerable.Range(0, 10), _ => Assert.Null(budget.Take("w0", perSecond: 2, burst: 10)));

        Assert.Equal(TimeSpan.FromSeconds(0.5), budget.Take("w0", 2, 10));
        Assert.Null(budget.Take("w1", 2, 10));
        await time.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Null(budget.Take("w0", 2, 10));
        Assert.Null(budget.Take("w0", 2, 10));
        Assert.NotNull(budget.Take("w0", 2, 10));
        await time.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal(10, Enumerable.Range(0, 100).Count(_ => budget.Take("w0", 2, 10) is null));
    }

    [Fact]
    public async Task Take_CallersWithoutEnd_AreForgottenAfterAWhile()
    {
        RequestBudget budget = new(time);
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 10_000; i++)
            {
                budget.Take($"{round}.{i}", 1, 5);
            }

            await time.AdvanceAsync(TimeSpan.FromMinutes(2));
        }

        budget.Take("one more", 1, 5);
        Assert.InRange(budget.Callers, 1, 10_000);
    }

    [Fact]
    public async Task Flood_OfOneCallerWithoutAKey_IsToldToWait_AndTheKeyStillOpens()
    {
        // Time stands still: nothing is filled up however slow this machine is.
        await using ApiServer server = await ApiServer.StartAsync(budget: new RequestBudget(time));
        List<HttpResponseMessage> answers = [];
        for (int i = 0; i < 205; i++)
        {
            answers.Add(await server.Http.GetAsync(new Uri("api/runs", UriKind.Relative)));
        }

        Assert.All(answers.Take(200), a => Assert.Equal(HttpStatusCode.Unauthorized, a.StatusCode));
        Assert.All(answers.Skip(200), a => Assert.Equal((HttpStatusCode.TooManyRequests, "1"), (a.StatusCode, a.Headers.RetryAfter?.ToString())));
        using HttpRequestMessage request = new(HttpMethod.Get, "api/runs") { Headers = { { Secret.OperatorKeyHeader, ApiServer.Key } } };
        Assert.Equal(HttpStatusCode.OK, (await server.Http.SendAsync(request)).StatusCode);
    }
}
