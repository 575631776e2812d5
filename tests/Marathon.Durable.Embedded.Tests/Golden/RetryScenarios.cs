namespace Marathon.Durable.Embedded.Tests.Golden;

public sealed class RetryScenarios : GoldenTest
{
    private static readonly TimeSpan s_100Ms = TimeSpan.FromMilliseconds(100);

    [Fact]
    public Task retry_succeeds_on_third() => Golden(async s =>
    {
        s.A("Flaky", () => s.Calls("Flaky") < 3 ? throw new InvalidOperationException("fail") : Task.FromResult(s.Calls("Flaky")));
        s.O(context => context.CallActivityAsync<int>("Flaky", null, new TaskOptions(new RetryPolicy(5, s_100Ms))));
        await s.PlayAsync();
        s.Observe("activityCalls", s.Calls("Flaky"));
    });

    [Fact]
    public Task retry_exhausted() => Golden(s => FailAsync(
        s, new TaskOptions(new RetryPolicy(3, s_100Ms)), () => new InvalidOperationException("fail " + s.Calls("Flaky"))));

    [Fact]
    public Task retry_max_attempts_one() => Golden(s => FailAsync(s, new TaskOptions(new RetryPolicy(1, s_100Ms)), Fail));

    [Fact]
    public Task retry_backoff_coefficient() => Golden(s => WaitsAsync(
        s, new RetryPolicy(4, TimeSpan.FromMilliseconds(500), backoffCoefficient: 2), 500));

    [Fact]
    public Task retry_max_retry_interval() => Golden(s => WaitsAsync(
        s, new RetryPolicy(5, TimeSpan.FromMilliseconds(400), 3, maxRetryInterval: TimeSpan.FromMilliseconds(800)), 400));

    [Fact]
    public Task retry_timeout() => Golden(s => WaitsAsync(
        s, new RetryPolicy(10, TimeSpan.FromMilliseconds(500), 1, retryTimeout: TimeSpan.FromMilliseconds(1250)), 500));

    [Fact]
    public Task retry_handle_failure_false() => Golden(async s =>
    {
        List<string> asked = [];
        RetryPolicy policy = new(5, s_100Ms)
        {
            HandleFailure = failure =>
            {
                asked.Add(failure.ErrorType);
                return failure.ErrorType != "System.InvalidOperationException";
            },
        };
        await FailAsync(s, new TaskOptions(policy), () => s.Calls("Flaky") == 1
            ? new TimeoutException("slow") : new InvalidOperationException("fatal"));
        s.Observe("handleFailureCallsInclReplay", asked);
    });

    [Fact]
    public Task retry_custom_handler() => Golden(async s =>
    {
        List<string> calls = [];
        TaskFailureDetails? last = null;
        await FailAsync(
            s,
            TaskOptions.FromRetryHandler(retry =>
            {
                calls.Add($"attempt {retry.LastAttemptNumber}/{retry.OrchestrationContext.IsReplaying}");
                last = retry.LastFailure;
                return retry.LastAttemptNumber < 3;
            }),
            () => new InvalidOperationException("fail " + s.Calls("Flaky")));
        s.Observe("handlerCallsInOrder", calls);
        s.Observe("lastFailureSeenByHandler", Scenario.Describe(last));
    });

    [Fact]
    public Task retry_custom_handler_with_timer() => Golden(async s =>
    {
        s.Throws("Flaky", Fail);
        s.O(async context =>
        {
            DateTime before = context.CurrentUtcDateTime;
            TaskOptions retry = TaskOptions.FromRetryHandler(async r =>
            {
                await r.OrchestrationContext.CreateTimer(TimeSpan.FromMilliseconds(300), default);
                return r.LastAttemptNumber < 2;
            });
            await s.CatchAsync(() => context.CallActivityAsync("Flaky", null, retry));
            s.Observe("atLeast600MsPassed", context.CurrentUtcDateTime - before >= TimeSpan.FromMilliseconds(600));
            return "x";
        });
        await s.PlayAsync();
        s.Observe("activityCalls", s.Calls("Flaky"));

        // The recorded task id 2 shows that the handler's second timer, id 3, came after the last attempt.
    });

    [Fact]
    public Task retry_suborchestrator_default_ids() => Golden(async s =>
    {
        HashSet<string> ids = [];
        FlakyChild(s, id => ids.Add(id));
        s.O(context => context.CallSubOrchestratorAsync<string>("Child", new TaskOptions(new RetryPolicy(3, s_100Ms))));
        await s.PlayAsync();
        s.Observe("childRuns", s.Calls("Child"));
        s.Observe("distinctChildIds", ids.Count);
    });

    [Fact]
    public Task retry_suborchestrator_explicit_id() => Golden(async s =>
    {
        List<string> ids = [];
        FlakyChild(s, ids.Add);
        s.O(context => context.CallSubOrchestratorAsync<string>("Child", new SubOrchestrationOptions(new RetryPolicy(3, s_100Ms), "kid")));
        await s.PlayAsync();
        s.Observe("childRuns", s.Calls("Child"));
        s.Observe("childIds", ids);
        s.Observe("childState", await s.StateAsync("kid"));
    });

    private static InvalidOperationException Fail() => new("fail");

    private static void FlakyChild(Scenario s, Action<string> seen) => s.O(
        context =>
        {
            seen(context.InstanceId);
            return s.Calls("Child") < 3 ? throw Fail() : Task.FromResult("ok");
        },
        "Child");

    private static async Task FailAsync(Scenario s, TaskOptions options, Func<Exception> exception)
    {
        s.Throws("Flaky", exception);
        s.O(async context =>
        {
            await s.CatchAsync(() => context.CallActivityAsync("Flaky", null, options));
            return "x";
        });
        await s.PlayAsync();
        s.Observe("activityCalls", s.Calls("Flaky"));
    }

    private static async Task WaitsAsync(Scenario s, RetryPolicy policy, int step)
    {
        List<DateTime> calls = [];
        s.Throws("Flaky", () =>
        {
            calls.Add(s.Now);
            return Fail();
        });
        s.O(async context =>
        {
            await Assert.ThrowsAsync<TaskFailedException>(() => context.CallActivityAsync("Flaky", null, new TaskOptions(policy)));
            return "x";
        });
        await s.PlayAsync();
        s.Observe("activityCalls", s.Calls("Flaky"));
        s.Observe("waitsBetweenCallsMsRoundedDown", calls.Zip(calls.Skip(1), (from, to) =>
            (int)((to - from).TotalMilliseconds + 15) / step * step));
        s.Observe("roundedDownToMultipleOfMs", step);
    }
}
