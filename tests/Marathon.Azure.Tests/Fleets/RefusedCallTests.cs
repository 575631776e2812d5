using Marathon.Azure.Tests.Fakes;
using Marathon.Controller.Fleets;

namespace Marathon.Azure.Tests.Fleets;

public sealed class RefusedCallTests
{
    private readonly AzureWorld world = new();

    [Theory]
    [InlineData(429, 45)]
    [InlineData(503, 30)]
    public async Task A_throttled_call_is_tried_again_when_the_server_says_and_not_before(int status, int retryAfter)
    {
        world.Arm.RefuseNext(status, "TooManyRequests", retryAfter: retryAfter);
        FleetOperation operation = await world.Provider.StartAsync(AzureWorld.Start(5), default);
        Assert.Equal((FleetOperationState.Running, TimeSpan.FromSeconds(retryAfter)), (operation.State, operation.PollAfter));
        Assert.Single(world.Arm.Calls);
        Assert.Equal(FleetOperationState.Succeeded, (await world.DriveAsync(operation)).State);
        Assert.Equal(5, world.Arm.Running.Count);
    }

    [Fact]
    public async Task A_throttled_creation_is_not_lost()
    {
        for (int get = 0; get < 4; get++) world.Arm.RefuseNext(404, "ResourceNotFound");
        world.Arm.RefuseNext(429, "TooManyRequests", retryAfter: 60);
        FleetOperation operation = await world.Provider.StartAsync(AzureWorld.Start(5), default);
        Assert.Equal(TimeSpan.FromSeconds(60), operation.PollAfter);
        Assert.Equal("PUT", world.Arm.Calls[^1].Method);
        Assert.Equal(FleetOperationState.Succeeded, (await world.DriveAsync(operation)).State);
        Assert.Equal(5, world.Arm.Running.Count);
    }

    [Fact]
    public async Task A_refusal_that_time_does_not_heal_fails_at_once_with_its_reason()
    {
        world.Arm.RefuseNext(403, "AuthorizationFailed", "the client has no right to read scale sets");
        FleetOperation failed = await world.Provider.StartAsync(AzureWorld.Start(5), default);
        Assert.Equal(FleetOperationState.Failed, failed.State);
        Assert.Contains("AuthorizationFailed: the client has no right", failed.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"size":-3,"controller":"https://marathon.test/"}""")]
    public async Task A_handle_that_is_none_is_refused(string? handle) =>
        await Assert.ThrowsAsync<ArgumentException>(() => world.Provider.PollAsync(new FleetOperation(FleetOperationState.Running, AzureWorld.Run, handle), default));

    [Theory]
    [InlineData("https://evil.test/operations/1")]
    [InlineData("http://arm.test/operations/1")]
    [InlineData("https://arm.test:444/operations/1")]
    public async Task A_handle_that_leads_elsewhere_never_gets_the_token(string url)
    {
        string handle = $$"""{"size":3,"controller":"https://marathon.test/","url":"{{url}}"}""";
        await Assert.ThrowsAsync<ArgumentException>(() => world.Provider.PollAsync(new FleetOperation(FleetOperationState.Running, AzureWorld.Run, handle), default));
        Assert.Empty(world.Arm.Calls);
    }

    [Theory]
    [InlineData("Run")]
    [InlineData("")]
    [InlineData("../other")]
    public async Task A_run_id_that_could_name_something_else_is_refused(string runId) =>
        await Assert.ThrowsAsync<ArgumentException>(() => world.Provider.StartAsync(AzureWorld.Start(1) with { RunId = runId }, default));
}
