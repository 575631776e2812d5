using System.Net;
using System.Text.Json.Nodes;

namespace Marathon.Durable.Embedded.Tests.Http;

public sealed class DurableListingTests
{
    [Fact]
    public async Task List_PagesByTheTokenInTheHeader()
    {
        await using ManagementFixture api = await new ManagementFixture().StartAsync();
        for (int i = 0; i < 5; i++)
            await api.RunAsync($"Echo/i{i}", i);
        List<string?> ids = [];
        string? token = null;
        do
        {
            using HttpRequestMessage request = new(HttpMethod.Get, "instances/?top=2&instanceIdPrefix=i");
            if (token is not null)
                request.Headers.Add("x-ms-continuation-token", token);
            HttpResponseMessage response = await api.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            ids.AddRange((await ManagementFixture.JsonAsync(response)).AsArray().Select(instance => (string?)instance!["instanceId"]));
            token = response.Headers.TryGetValues("x-ms-continuation-token", out IEnumerable<string>? values) ? values.Single() : null;
        }
        while (token is not null);
        Assert.Equal(["i0", "i1", "i2", "i3", "i4"], ids);
    }

    [Fact]
    public async Task List_FiltersByStatusPrefixAndTime()
    {
        await using ManagementFixture api = await new ManagementFixture().StartAsync();
        await api.RunAsync("Echo/a1");
        await api.RunAsync("Wait/a2");
        await api.Engine.Time.AdvanceAsync(TimeSpan.FromHours(1));
        string cut = api.Engine.Time.GetUtcNow().AddMinutes(-30).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
        await api.RunAsync("Wait/b1");
        Assert.Equal(["a1"], await IdsAsync("runtimeStatus=Completed"));
        Assert.Equal(["a1", "a2", "b1"], await IdsAsync("runtimeStatus=Completed,Running"));
        Assert.Equal(["a1", "a2"], await IdsAsync("instanceIdPrefix=a"));
        Assert.Equal(["b1"], await IdsAsync("createdTimeFrom=" + cut));
        Assert.Equal(["a1", "a2"], await IdsAsync("createdTimeTo=" + cut));
        foreach (string bad in new[] { "runtimeStatus=Nope", "createdTimeFrom=yesterday", "top=0", "top=99999999" })
            Assert.Equal(HttpStatusCode.BadRequest, (await api.Http.GetAsync("instances/?" + bad)).StatusCode);

        async Task<IEnumerable<string?>> IdsAsync(string query)
        {
            JsonNode page = await ManagementFixture.JsonAsync(await api.Http.GetAsync("instances/?" + query));
            return page.AsArray().Select(instance => (string?)instance!["instanceId"]);
        }
    }

    [Fact]
    public async Task List_WithAForgedToken_Is400()
    {
        await using ManagementFixture api = await new ManagementFixture().StartAsync();
        using HttpRequestMessage request = new(HttpMethod.Get, "instances");
        request.Headers.Add("x-ms-continuation-token", "'; DROP TABLE Instances");
        Assert.Equal(HttpStatusCode.BadRequest, (await api.Http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Purge_OfOne_Answers404OrTheCount()
    {
        await using ManagementFixture api = await new ManagementFixture().StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await api.Http.DeleteAsync("instances/i1")).StatusCode);
        await api.RunAsync("Echo/i1");
        HttpResponseMessage response = await api.Http.DeleteAsync("instances/i1");
        Assert.Equal("""{"instancesDeleted":1}""", await response.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await api.Http.GetAsync("instances/i1")).StatusCode);
    }

    [Fact]
    public async Task Purge_OfWhatGoesOn_TakesNothing()
    {
        await using ManagementFixture api = await new ManagementFixture().StartAsync();
        await api.RunAsync("Wait/w1");
        HttpResponseMessage response = await api.Http.DeleteAsync("instances/w1");
        Assert.Equal((HttpStatusCode.OK, """{"instancesDeleted":0}"""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal(OrchestrationRuntimeStatus.Running, await api.Engine.StatusAsync("w1"));
    }

    [Fact]
    public async Task Purge_OfMany_TakesWhatTheFilterSays()
    {
        await using ManagementFixture api = await new ManagementFixture().StartAsync();
        await api.RunAsync("Echo/old");
        await api.RunAsync("Fail/failed");
        await api.Engine.Time.AdvanceAsync(TimeSpan.FromHours(1));
        string cut = api.Engine.Time.GetUtcNow().AddMinutes(-30).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
        await api.RunAsync("Echo/new");
        Assert.Equal(("""{"instancesDeleted":1}""", "failed,new"), await PurgeAsync($"createdTimeFrom=2000-01-01&createdTimeTo={cut}&runtimeStatus=Completed"));
        Assert.Equal(("""{"instancesDeleted":1}""", "failed"), await PurgeAsync("createdTimeFrom=" + cut));
        Assert.Equal(("""{"instancesDeleted":1}""", ""), await PurgeAsync("createdTimeFrom=2000-01-01&runtimeStatus=Failed,Terminated"));
        Assert.Equal(HttpStatusCode.BadRequest, (await api.Http.DeleteAsync("instances/?createdTimeFrom=2000-01-01&runtimeStatus=Nope")).StatusCode);

        async Task<(string Answer, string Left)> PurgeAsync(string query)
        {
            string answer = await (await api.Http.DeleteAsync("instances/?" + query)).Content.ReadAsStringAsync();
            JsonArray left = (await ManagementFixture.JsonAsync(await api.Http.GetAsync("instances/"))).AsArray();
            return (answer, string.Join(',', left.Select(instance => (string?)instance!["instanceId"])));
        }
    }

    [Fact]
    public async Task Purge_OfMany_NeedsATimeFrom()
    {
        await using ManagementFixture api = await new ManagementFixture().StartAsync();
        await api.RunAsync("Echo/e1");
        await api.RunAsync("Echo/e2");
        await api.RunAsync("Wait/w1");
        Assert.Equal(HttpStatusCode.BadRequest, (await api.Http.DeleteAsync("instances/")).StatusCode);
        HttpResponseMessage response = await api.Http.DeleteAsync("instances/?createdTimeFrom=2000-01-01T00:00:00Z");
        Assert.Equal("""{"instancesDeleted":2}""", await response.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await api.Http.DeleteAsync("instances/?createdTimeFrom=2000-01-01T00:00:00Z")).StatusCode);
        Assert.Equal(OrchestrationRuntimeStatus.Running, await api.Engine.StatusAsync("w1"));
    }
}
