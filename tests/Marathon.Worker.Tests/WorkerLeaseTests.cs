using Marathon.Verification;

namespace Marathon.Worker.Tests;

/// <summary>How a worker lives while its controller is away, and how it ends without one.</summary>
public sealed class WorkerLeaseTests(TestbedFixture testbed) : IClassFixture<TestbedFixture>
{
    [Fact]
    public async Task Controller_AwayForAWhile_LoadGoesOnAndTheEvidenceIsDeliveredLater()
    {
        await using var controller = await FakeController.StartAsync();
        await using var worker = await WorkerUnderTest.StartAsync(controller);
        await worker.InitialiseAsync(await Loads.WithTopicAsync(testbed.BootstrapServers));
        await worker.DoAsync("start");
        await worker.Until(() => controller.Evidence.Any(evidence => evidence.Received() > 500), "a checkpoint is stored");
        var before = controller.Evidence.Last().Acknowledged();

        await controller.GoAwayAsync();
        await worker.Until(() => ReadOutbox(worker) is { } kept && kept.Acknowledged() > before + 4000, "checkpoints of a load that goes on lie in the outbox");
        var left = ReadOutbox(worker)!;
        await controller.ComeBackAsync();
        await worker.Until(() => !File.Exists(worker.OutboxPath), "the outbox is empty");

        Assert.Contains(controller.Evidence, evidence => evidence.Number >= left.Number && evidence.Acknowledged() >= left.Acknowledged());
        await worker.DoAsync("shutdown");
        Assert.Equal(0, await worker.ExitAsync());
        Assert.Equal("WorkerDone", controller.Events.Last().Name);
        Assert.Equal(1, worker.Log.Split("does not answer", StringSplitOptions.None).Length - 1);
    }

    [Fact]
    public async Task Lease_NotRenewed_WorkerEndsItselfAndLeavesItsEvidence()
    {
        await using var controller = await FakeController.StartAsync();
        controller.LeaseSeconds = 16;
        await using var worker = await WorkerUnderTest.StartAsync(controller);
        await worker.InitialiseAsync(await Loads.WithTopicAsync(testbed.BootstrapServers));
        await worker.DoAsync("start");
        await worker.Until(() => controller.Latest!.Counters.Acked > 500, "500 records are acknowledged");

        await controller.GoAwayAsync();

        Assert.Equal(3, await worker.ExitAsync());
        Assert.Contains("no controller has answered for 12 s; what is left of the lease of 16 s is for leaving", worker.Log, StringComparison.Ordinal);
        var left = ReadOutbox(worker)!;
        Assert.True(left.Final);
        Assert.All(left.Producers, producer => Assert.True(producer.Settled));
        Assert.True(left.Acknowledged() > 500);
    }

    [Fact]
    public async Task Lease_NobodyTakesTheRegistration_WorkerEndsItself()
    {
        await using var controller = await FakeController.StartAsync();
        controller.Refusals["registration"] = 503;
        await using var worker = await WorkerUnderTest.StartAsync(controller, lease: "8s");

        Assert.Equal(3, await worker.ExitAsync());
        Assert.Contains("503", worker.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registration_ControllerComesLater_IsTakenThen()
    {
        await using var controller = await FakeController.StartAsync();
        controller.Refusals["registration"] = 503;
        var starting = WorkerUnderTest.StartAsync(controller);
        await Eventually.Holds(() => controller.Requests.Count > 2, "several tries");
        controller.Refusals.Clear();

        await using var worker = await starting;
        Assert.Single(controller.Registrations);
    }

    [Theory]
    [InlineData("registration")]
    [InlineData("workers/w0")]
    [InlineData("evidence")]
    public async Task Gone_WorkerIsReplacedAndStopsAtOnce(string path)
    {
        await using var controller = await FakeController.StartAsync();
        if (path == "registration")
            controller.Refusals[path] = 410;
        await using var worker = await WorkerUnderTest.StartAsync(controller);
        if (path != "registration")
        {
            await worker.InitialiseAsync(await Loads.WithTopicAsync(testbed.BootstrapServers));
            await worker.DoAsync("start");
            controller.Refusals[path] = 410;
        }

        Assert.Equal(4, await worker.ExitAsync());
        Assert.Contains("410", worker.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(controller.Events, told => told.Name is "WorkerDraining");
    }

    [Fact]
    public async Task Token_GoesWithEveryRequestAndIntoNoLogOrCommandLine()
    {
        await using var controller = await FakeController.StartAsync();
        await using var worker = await WorkerUnderTest.StartAsync(controller);
        var commandLine = await File.ReadAllTextAsync($"/proc/{worker.Pid}/cmdline");
        using var refused = await worker.PostAsync("start", token: "another");

        Assert.All(controller.Requests, request => Assert.Equal($"Bearer {FakeController.Token}", request.Authorization));
        Assert.DoesNotContain(FakeController.Token, commandLine, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeController.Token, worker.Log, StringComparison.Ordinal);
        Assert.Contains("Marathon.Worker", commandLine, StringComparison.Ordinal);
    }

    private static WorkerEvidence? ReadOutbox(WorkerUnderTest worker) =>
        File.Exists(worker.OutboxPath) ? EvidenceJson.Read(File.ReadAllBytes(worker.OutboxPath)) : null;
}
