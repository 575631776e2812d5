using Golden;

namespace Marathon.Durable.Embedded.Tests.Golden;

public sealed class ActivityScenarios : GoldenTest
{
    [Fact]
    public Task activity_result() => Golden(async s =>
    {
        s.O(context => context.CallActivityAsync<string>("Greet", "Bob"));
        s.A<string, string>("Greet", name => Task.FromResult("Hello, " + name));
        await s.PlayAsync();
        s.Observe("activityCalls", s.Calls("Greet"));
    });

    [Fact]
    public Task activity_exception_unhandled() => Golden(async s =>
    {
        s.O(async context => await context.CallActivityAsync<object>("Boom"));
        s.Throws("Boom", () => new InvalidOperationException("kaput"));
        await s.PlayAsync();
        s.Observe("activityCalls", s.Calls("Boom"));
    });

    [Fact]
    public Task activity_exception_caught() => Golden(async s =>
    {
        s.Ok();
        s.Throws("Boom", () => new InvalidOperationException("kaput"));
        s.O(async context =>
        {
            await context.CallActivityAsync("Ok");
            try
            {
                await context.CallActivityAsync("Boom");
            }
            catch (TaskFailedException e)
            {
                s.Observe("caught", Scenario.Describe(e));
                s.Observe("isCausedBy", new
                {
                    InvalidOperationException = e.FailureDetails!.IsCausedBy<InvalidOperationException>(),
                    Exception = e.FailureDetails.IsCausedBy<Exception>(),
                    ArgumentException = e.FailureDetails.IsCausedBy<ArgumentException>(),
                });
            }

            return "recovered";
        });
        await s.PlayAsync();
    });

    [Fact]
    public Task activity_exception_with_inner() => Golden(s => Boom(
        s, () => new InvalidOperationException("outer", new ArgumentException("mid", new TimeoutException("deep")))));

    [Fact]
    public Task activity_exception_aggregate() => Golden(s => Boom(
        s, () => new AggregateException("agg", new InvalidOperationException("a"), new TimeoutException("b"))));

    [Fact]
    public Task activity_exception_custom_type() => Golden(async s =>
    {
        s.Throws("Boom", () => new PaymentException("declined"));
        s.O(async context =>
        {
            TaskFailedException e = await Assert.ThrowsAsync<TaskFailedException>(() => context.CallActivityAsync("Boom"));
            s.Observe("caught", Scenario.Describe(e));
            s.Observe("isCausedByPaymentException", e.FailureDetails!.IsCausedBy<PaymentException>());
            return "x";
        });
        await s.PlayAsync();
    });

    [Fact]
    public Task activity_throws_operation_canceled() => Golden(async s =>
    {
        await Boom(s, () => new OperationCanceledException("stop"));
        s.Observe("activityCalls", s.Calls("Boom"));
    });

    [Fact]
    public Task activity_failure_not_awaited() => Golden(async s =>
    {
        s.Throws("Boom", () => new InvalidOperationException("kaput"));
        s.O(async context =>
        {
            _ = context.CallActivityAsync("Boom");
            await context.CreateTimer(TimeSpan.FromMilliseconds(500), default);
            return "done";
        });
        await s.PlayAsync();
        s.Observe("activityCalls", s.Calls("Boom"));
    });

    [Fact]
    public Task activity_unregistered() => Golden(s => Nope(s, null));

    [Fact]
    public Task activity_unregistered_retry_policy() => Golden(async s =>
    {
        s.O(async context =>
        {
            DateTime before = context.CurrentUtcDateTime;
            TaskOptions retry = new(new RetryPolicy(4, TimeSpan.FromSeconds(2)));
            await s.CatchAsync(() => context.CallActivityAsync("Nope", null, retry));
            s.Observe("aRetryHappened", context.CurrentUtcDateTime - before >= TimeSpan.FromSeconds(1));
            return "x";
        });
        await s.PlayAsync();
    });

    [Fact]
    public Task activity_unregistered_retry_handler() => Golden(async s =>
    {
        await Nope(s, TaskOptions.FromRetryHandler(_ => s.Count("handler") > 0));
        s.Observe("handlerCalls", s.Calls("handler"));
    });

    [Fact]
    public Task activity_name_is_case_insensitive() => Golden(async s =>
    {
        s.A("Greet", () => Task.FromResult("hi"));
        s.O(async context =>
        {
            try
            {
                return await context.CallActivityAsync<string>("gREET");
            }
            catch (TaskFailedException e)
            {
                return e.Message;
            }
        });
        await s.StartAsync(name: "o");
        await s.FinishAsync();
        s.Observe("metadataName", (await s.Client.GetInstanceAsync("i1"))!.Name);
    });

    [Fact]
    public Task activity_null_and_void() => Golden(async s =>
    {
        bool sawNull = false;
        s.A<string?, string?>("RetNull", input =>
        {
            sawNull = input is null;
            return Task.FromResult<string?>(null);
        });
        s.A("Void", () => Task.CompletedTask);
        s.O(async context =>
        {
            string? a = await context.CallActivityAsync<string?>("RetNull", input: null);
            await context.CallActivityAsync("Void");
            int? b = await context.CallActivityAsync<int?>("RetNull");
            return new[] { a is null, b is null, sawNull };
        });
        await s.PlayAsync();
    });

    [Fact]
    public Task activity_null_result_into_value_type() => Golden(async s =>
    {
        s.Ok("RetNull");
        s.O(context => context.CallActivityAsync<int>("RetNull"));
        await s.PlayAsync();
    });

    [Fact]
    public Task activity_result_type_mismatch() => Golden(async s =>
    {
        s.A("Text", () => Task.FromResult("abc"));
        s.O(async context =>
        {
            await s.CatchAsync(() => context.CallActivityAsync<int>("Text"));
            return "caught";
        });
        await s.PlayAsync();
    });

    [Fact]
    public Task activity_input_type_mismatch() => Golden(async s =>
    {
        s.A<int, int>("Twice", number => Task.FromResult(number * 2));
        s.O(async context =>
        {
            await s.CatchAsync(() => context.CallActivityAsync<int>("Twice", "abc"));
            return "caught";
        });
        await s.PlayAsync();
        s.Observe("activityBodyRan", s.Calls("Twice") > 0);
    });

    [Fact]
    public Task activity_context() => Golden(async s =>
    {
        s.Registry.AddActivityFunc<object?, string>("Who", (context, _) => $"{context.Name}@{context.InstanceId}");
        s.O(context => context.CallActivityAsync<string>("Who"), "Child");
        s.O(async context => new[]
        {
            await context.CallActivityAsync<string>("Who"),
            await context.CallSubOrchestratorAsync<string>("Child", new TaskOptions().WithInstanceId("kid")),
        });
        await s.PlayAsync();
    });

    private static async Task Boom(Scenario s, Func<Exception> exception)
    {
        s.Throws("Boom", exception);
        s.O(async context =>
        {
            await s.CatchAsync(() => context.CallActivityAsync("Boom"));
            return "x";
        });
        await s.PlayAsync();
    }

    private static async Task Nope(Scenario s, TaskOptions? options)
    {
        s.O(async context =>
        {
            await s.CatchAsync(() => context.CallActivityAsync("Nope", null, options));
            return "x";
        });
        await s.PlayAsync();
    }
}
