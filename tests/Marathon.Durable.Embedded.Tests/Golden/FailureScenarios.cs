using Golden;

namespace Marathon.Durable.Embedded.Tests.Golden;

public sealed class FailureScenarios : GoldenTest
{
    [Fact]
    public Task orchestrator_exception() => Golden(async s =>
    {
        s.O<object?>(async _ =>
        {
            await Task.CompletedTask;
            throw new InvalidOperationException("outer", new ArgumentException("inner"));
        });
        await s.PlayAsync();
    });

    [Fact]
    public Task orchestrator_exception_custom_type() => Golden(async s =>
    {
        s.Ok();
        s.O<object?>(async context =>
        {
            await context.CallActivityAsync("Ok");
            throw new PaymentException("declined");
        });
        await s.PlayAsync();
        TaskFailureDetails failure = (await s.Client.GetInstanceAsync("i1", getInputsAndOutputs: true))!.FailureDetails!;
        s.Observe("isCausedByPaymentException", failure.IsCausedBy<PaymentException>());
    });

    [Fact]
    public Task orchestrator_throws_operation_canceled() => Golden(async s =>
    {
        s.Ok();
        s.O<object?>(async context =>
        {
            await context.CallActivityAsync("Ok");
            throw new OperationCanceledException("stop");
        });
        await s.PlayAsync();
    });

    [Fact]
    public Task orchestrator_rethrows_wrapped() => Golden(async s =>
    {
        s.Throws("Boom", () => new InvalidOperationException("kaput"));
        s.O<object?>(async context =>
        {
            try
            {
                await context.CallActivityAsync("Boom");
                return null;
            }
            catch (TaskFailedException e)
            {
                throw new PaymentException("wrapped", e);
            }
        });
        await s.PlayAsync();
        TaskFailureDetails cause = (await s.Client.GetInstanceAsync("i1", getInputsAndOutputs: true))!.FailureDetails!.InnerFailure!.InnerFailure!;
        Assert.Equal("System.InvalidOperationException: kaput", cause.ToString());
        s.Leave("failure", "the innermost failure of the reference is an exception of its lower layer; here it is the activity's own");
    });

    [Fact]
    public Task orchestrator_exception_with_pending_work() => Golden(async s =>
    {
        Gate gate = s.Slow();
        s.O<object?>(async context =>
        {
            await Task.CompletedTask;
            _ = context.CallActivityAsync("Slow");
            _ = context.CreateTimer(TimeSpan.FromMilliseconds(2500), default);
            throw new InvalidOperationException("x");
        });
        await s.StartAsync();
        await s.PassAsync(800);
        s.Observe("slowStarted", gate.IsReached);
        s.Observe("whileActivityAndTimerOpen", await s.StateAsync());
        gate.Open();
        await s.PassAsync(700);
        s.Observe("whileTimerOpen", await s.StateAsync());
        await s.FinishAsync();
    });

    [Fact]
    public Task orchestrator_unregistered() => Golden(async s =>
    {
        await s.HostAsync();
        s.Observe("start", await Scenario.ThrownAsync(() => s.StartAsync(name: "Nope")));
        await s.FinishAsync();
    });

    [Fact]
    public Task compensation_after_failure() => Golden(async s =>
    {
        List<string> order = [];
        foreach (string name in new[] { "Reserve", "Charge", "Release" })
        {
            s.A(name, async () =>
            {
                await Task.CompletedTask;
                order.Add(name);
                if (name == "Charge")
                    throw new InvalidOperationException("no funds");
            });
        }

        s.O<object?>(async context =>
        {
            await context.CallActivityAsync("Reserve");
            try
            {
                await context.CallActivityAsync("Charge");
                return null;
            }
            catch (TaskFailedException)
            {
                await context.CallActivityAsync("Release");
                throw;
            }
        });
        await s.PlayAsync();
        s.Observe("activityOrder", order);
    });

    [Fact]
    public Task argument_validation() => Golden(async s =>
    {
        TimeSpan second = TimeSpan.FromSeconds(1);
        await s.HostAsync();
        s.Observe("raiseNullId", await Scenario.ThrownAsync(() => s.Client.RaiseEventAsync(null!, "E")));
        s.Observe("raiseEmptyName", await Scenario.ThrownAsync(() => s.Client.RaiseEventAsync("i1", "")));
        await Assert.ThrowsAsync<ArgumentException>(() => s.StartAsync(null, "@a@b"));
        s.Leave("startEntityLikeId", "ids with a leading @ are refused, so that every id is good in both hosts");
        s.Observe("terminateEmptyId", await Scenario.ThrownAsync(() => s.Client.TerminateInstanceAsync("")));
        s.Observe("getEmptyId", await Scenario.ThrownAsync(() => s.Client.GetInstanceAsync("")));
        await PolicyAsync("retryZeroAttempts", () => new RetryPolicy(0, second));
        await PolicyAsync("retryZeroInterval", () => new RetryPolicy(1, TimeSpan.Zero));
        await PolicyAsync("retryCoefficientHalf", () => new RetryPolicy(2, second, backoffCoefficient: 0.5));
        await PolicyAsync("retryMaxIntervalTooSmall", () => new RetryPolicy(2, second * 10, 1, maxRetryInterval: second * 5));
        await PolicyAsync("retryTimeoutTooSmall", () => new RetryPolicy(2, second * 10, 1, null, retryTimeout: second * 5));

        async Task PolicyAsync(string member, Func<RetryPolicy> create) =>
            s.Observe(member, await Scenario.ThrownAsync(() => Task.FromResult(create())));
    });
}
