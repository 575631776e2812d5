using System.Text.Json.Nodes;

namespace Marathon.Durable.Embedded.Tests.Golden;

public sealed class QueryScenarios : GoldenTest
{
    [Fact]
    public Task history_and_list_ids() => Golden(async s =>
    {
        s.O(_ => Task.FromResult("done"));
        await s.StartAsync();
        await s.EndAsync();
        Assert.Equal(
            ["OrchestratorStartedEvent", "ExecutionStartedEvent", "ExecutionCompletedEvent", "OrchestratorCompletedEvent"],
            (await s.Client.GetOrchestrationHistoryAsync("i1")).Select(recorded => recorded.GetType().Name));
        s.Leave("historyEventTypes", "the reference host keeps no history");
        s.Leave("listInstanceIds", "the reference host does not implement it, and neither is it part of our surface");
    });

    [Fact]
    public Task get_instance_with_and_without_data() => Golden(async s =>
    {
        s.O<string, string>((context, _) =>
        {
            context.SetCustomStatus("cs");
            return Task.FromResult("out");
        });
        await s.StartAsync("in");
        await s.EndAsync();
        OrchestrationMetadata without = (await s.Client.GetInstanceAsync("i1", getInputsAndOutputs: false))!;
        s.Observe("without", Data(without));
        s.Observe("readOutputAsWithoutData", await Scenario.ThrownAsync(() => Task.FromResult(without.ReadOutputAs<string>())));
        s.Observe("with", Data((await s.Client.GetInstanceAsync("i1", getInputsAndOutputs: true))!));
        s.Observe("absent", await s.Client.GetInstanceAsync("ghost") is null ? "null" : "found");
    });

    [Fact]
    public Task wait_for_start_and_completion() => Golden(async s =>
    {
        s.O(context => context.WaitForExternalEvent<string>("E"));
        await s.StartAsync();
        s.Observe("statusAtStart", (await s.UntilAsync(s.Client.WaitForInstanceStartAsync("i1"))).RuntimeStatus.ToString());
        using CancellationTokenSource source = new();
        Task<JsonObject> cancelled = Scenario.ThrownAsync(() => s.Client.WaitForInstanceCompletionAsync("i1", source.Token));
        await s.PassAsync(400);
        await source.CancelAsync();
        JsonObject thrown = await cancelled;
        thrown["innerExceptionType"] = null;
        s.Observe("waitCancelled", thrown);
        Task<JsonObject> first = s.EndAsync(), second = s.EndAsync();
        await s.RaiseAsync("E", "v");
        s.Observe("firstWaiter", await first);
        s.Observe("secondWaiter", await second);
        s.Observe("waitForStartOnCompleted", (await s.Client.WaitForInstanceStartAsync("i1")).RuntimeStatus.ToString());
        await Assert.ThrowsAsync<ArgumentException>(() => s.Client.WaitForInstanceCompletionAsync("ghost"));
        s.Leave("waitOnAbsent", "to wait for what does not exist is refused at once here");
    });

    [Fact]
    public Task query_filters() => Golden(async s =>
    {
        s.O<string, string>(async (context, input) => input switch
        {
            "wait" => await context.WaitForExternalEvent<string>("E"),
            "fail" => throw new InvalidOperationException("boom"),
            _ => "x",
        });
        await CreateAsync("a-1", "in-a-1");
        await CreateAsync("a-2", "x");
        await CreateAsync("A-3", "x");
        DateTimeOffset t = s.Now.AddMilliseconds(-1);
        await CreateAsync("b-1", "wait");
        await CreateAsync("b-2", "fail");
        s.Observe("all", await IdsAsync(null));
        s.Observe("completed", await IdsAsync(new(Statuses: [OrchestrationRuntimeStatus.Completed])));
        s.Observe("runningOrFailed", await IdsAsync(new(Statuses: [OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Failed])));
        Assert.Equal(["a-1", "a-2"], await IdsAsync(new(InstanceIdPrefix: "a-")));
        s.Leave("prefixA", "ids are compared as they are written here");
        s.Observe("prefixBAndFailed", await IdsAsync(new(InstanceIdPrefix: "b", Statuses: [OrchestrationRuntimeStatus.Failed])));
        s.Observe("createdFromT", await IdsAsync(new(CreatedFrom: t)));
        s.Observe("createdToT", await IdsAsync(new(CreatedTo: t)));
        s.Observe("noMatch", await IdsAsync(new(InstanceIdPrefix: "zzz")));
        s.Observe("inputOutputFetched", await DataAsync(true));
        Assert.All(await DataAsync(false), Assert.Null);
        s.Leave("inputOutputNotFetched", "inputs and outputs are not fetched here unless asked for");

        async Task CreateAsync(string id, string input)
        {
            await s.StartAsync(input, id);
            await s.PassAsync(30);
        }

        async Task<List<string>> IdsAsync(OrchestrationQuery? query)
        {
            List<string> ids = [];
            await foreach (OrchestrationMetadata instance in s.Client.GetAllInstancesAsync(query))
                ids.Add(instance.InstanceId);
            return [.. ids.Order(StringComparer.Ordinal)];
        }

        async Task<string?[]> DataAsync(bool fetch)
        {
            await foreach (OrchestrationMetadata instance in s.Client.GetAllInstancesAsync(new(FetchInputsAndOutputs: fetch)))
                return [instance.SerializedInput, instance.SerializedOutput];
            return [];
        }
    });

    [Fact]
    public Task query_paging() => Golden(async s =>
    {
        List<Page<OrchestrationMetadata>> pages = await PagesAsync(s, 7);
        s.Observe("pageSizes", pages.Select(page => page.Values.Count));
        s.Observe("hasToken", pages.Select(page => page.ContinuationToken is not null));
        List<string> ids = [.. pages.SelectMany(page => page.Values).Select(instance => instance.InstanceId)];
        s.Observe("distinctIds", ids.Distinct().Count());
        s.Observe("total", ids.Count);
        List<int> fromToken = [];
        await foreach (Page<OrchestrationMetadata> page in s.Client.GetAllInstancesAsync(new(PageSize: 3)).AsPages(pages[0].ContinuationToken))
            fromToken.Add(page.Values.Count);
        s.Observe("pageSizesFromFirstToken", fromToken);
    });

    [Fact]
    public Task query_paging_exact_multiple() => Golden(async s =>
    {
        List<Page<OrchestrationMetadata>> pages = await PagesAsync(s, 6);
        s.Observe("pageSizes", pages.Select(page => page.Values.Count));
        s.Observe("hasToken", pages.Select(page => page.ContinuationToken is not null));
    });

    private static async Task<List<Page<OrchestrationMetadata>>> PagesAsync(Scenario s, int instances)
    {
        s.O(_ => Task.FromResult("done"));
        for (int i = 0; i < instances; i++)
        {
            await s.StartAsync(null, $"p{i}");
            await s.EndAsync($"p{i}");
        }

        List<Page<OrchestrationMetadata>> pages = [];
        await foreach (Page<OrchestrationMetadata> page in s.Client.GetAllInstancesAsync(new(PageSize: 3)).AsPages())
            pages.Add(page);
        return pages;
    }

    private static JsonObject Data(OrchestrationMetadata instance) => new()
    {
        ["name"] = instance.Name,
        ["status"] = instance.RuntimeStatus.ToString(),
        ["serializedInput"] = instance.SerializedInput,
        ["serializedOutput"] = instance.SerializedOutput,
        ["serializedCustomStatus"] = instance.SerializedCustomStatus,
        ["isCompleted"] = instance.IsCompleted,
        ["isRunning"] = instance.IsRunning,
        ["createdBeforeOrAtUpdated"] = instance.CreatedAt <= instance.LastUpdatedAt,
    };
}
