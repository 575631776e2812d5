using Marathon.Verification;
using Marathon.Worker.Tests.ScheduledEvents;
using Marathon.Workers;
using Xunit.Abstractions;

namespace Marathon.Worker.Tests;

/// <summary>From registration to the end, on a cluster.</summary>
public sealed class WorkerLifeTests(TestbedFixture testbed, ITestOutputHelper output) : IClassFixture<TestbedFixture>
{
    [Fact]
    public async Task Life_InOrder_EverythingIsReportedAndVerified()
    {
        await using var controller = await FakeController.StartAsync();
        await using var worker = await WorkerUnderTest.StartAsync(controller);
        var spec = await Loads.WithTopicAsync(testbed.BootstrapServers);

        Assert.Equal(WorkerPhase.Ready, (await worker.InitialiseAsync(spec)).Phase);
        Assert.Equal(WorkerPhase.Running, (await worker.DoAsync("start")).Phase);
        await worker.Until(() => controller.Latest!.Counters.Received > 2000, "2,000 records are read");
        Assert.Equal(WorkerPhase.Stopped, (await worker.DoAsync("stop", """{"flushSeconds":30}""")).Phase);
        await worker.Until(() => controller.Latest is { Phase: WorkerPhase.Stopped } beat && beat.Counters.Received == beat.Counters.Acked, "all is read");
        var checkpoint = (await worker.DoAsync("evidence")).Checkpoint;
        Assert.True(checkpoint > 0 && controller.Evidence.Any(evidence => evidence.Number == checkpoint), worker.Log);
        Assert.Equal(WorkerPhase.Done, (await worker.DoAsync("shutdown")).Phase);

        Assert.Equal(0, await worker.ExitAsync());
        Assert.Equal(["WorkerReady", "WorkerDone"], controller.Events.Select(told => told.Name));
        Assert.Equal(2, controller.Events.Select(told => told.Event.EventId).Distinct().Count());
        var registration = Assert.Single(controller.Registrations);
        Assert.Equal((1, worker.Pid), (registration.Epoch, registration.Pid));
        var last = controller.Evidence.MaxBy(evidence => evidence.Number)!;
        Assert.True(last.Final);
        Assert.All(last.Producers, producer => Assert.True(producer.Settled));
        Assert.Equal(controller.Latest!.Counters.Acked, last.Acknowledged());
        Assert.Equal(controller.Latest.Counters.Acked, last.Received());
        Assert.Equal(controller.Evidence.Select(evidence => evidence.Number).Order(), controller.Evidence.Select(evidence => evidence.Number));
        Assert.Equal(WorkerPhase.Done, controller.Latest.Phase);
        Assert.DoesNotContain("does not answer", worker.Log, StringComparison.Ordinal);
        Assert.Equal(last.Number, controller.Latest.StoredCheckpoint);
        Assert.NotNull(controller.Latest.Clock);
        Assert.InRange(controller.Latest.Clock.OffsetMilliseconds, -controller.Latest.Clock.ErrorMilliseconds - 20, controller.Latest.Clock.ErrorMilliseconds + 20);
        Assert.True(controller.Latest.CpuSeconds > 0);
        Assert.Contains(controller.Heartbeats, beat => beat is { Latency: { PublishP99: > 0, EndToEndP99: > 0 }, Positions.Count: 4 });
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("USR1")]
    public async Task Signal_WhileLoading_HandsOverAndEndsInOrder(string signal)
    {
        await using var controller = await FakeController.StartAsync();
        await using var worker = await WorkerUnderTest.StartAsync(controller);
        await worker.InitialiseAsync(await Loads.WithTopicAsync(testbed.BootstrapServers));
        await worker.DoAsync("start");
        await worker.Until(() => controller.Latest!.Counters.Acked > 1000, "1,000 records are acknowledged");
        worker.Signal("HUP");
        await worker.Until(() => worker.Log.Contains("SIGHUP", StringComparison.Ordinal), "the signal is noted");

        worker.Signal(signal);

        Assert.Equal(0, await worker.ExitAsync());
        Assert.Equal(["WorkerReady", "WorkerDraining", "WorkerDone"], controller.Events.Select(told => told.Name));
        var last = controller.Evidence.MaxBy(evidence => evidence.Number)!;
        Assert.True(last.Final);
        Assert.All(last.Producers, producer => Assert.True(producer.Settled));
        Assert.Equal(controller.Latest!.Counters.Sent, last.Acknowledged());
    }

    [Fact]
    public async Task MachineIsToBeTakenAway_HandsOver_AndAcknowledgesOnceAllIsStored()
    {
        const string Machine = "mw-run-1-0_0000000a";
        await using var metadata = await FakeMetadata.StartAsync(Machine);
        await using var controller = await FakeController.StartAsync();
        await using var worker = await WorkerUnderTest.StartAsync(controller, more: ["--scheduled-events", metadata.Address.ToString()]);
        await worker.InitialiseAsync(await Loads.WithTopicAsync(testbed.BootstrapServers));
        await worker.DoAsync("start");
        await worker.Until(() => controller.Latest!.Counters.Acked > 1000, "1,000 records are acknowledged");
        metadata.Schedule("freeze", "Freeze", DateTimeOffset.UtcNow, Machine);
        metadata.Schedule("other", "Preempt", DateTimeOffset.UtcNow.AddSeconds(30), "mw-run-1-0_0000000b");
        var looks = metadata.Looks;
        await worker.Until(() => metadata.Looks > looks + 2, "more looks");
        Assert.Equal(WorkerPhase.Running, controller.Latest!.Phase);
        var storedAtAcknowledgement = false;
        metadata.OnAcknowledge = () => storedAtAcknowledgement = controller.Evidence.Any(evidence => evidence.Final);

        var notice = TimeProvider.System.GetTimestamp();
        metadata.Schedule("evict", "Preempt", DateTimeOffset.UtcNow.AddSeconds(30), Machine);

        Assert.Equal(0, await worker.ExitAsync());
        output.WriteLine($"from the notice to the worker's end: {TimeProvider.System.GetElapsedTime(notice).TotalSeconds:0.0} s");
        Assert.Equal(["evict"], metadata.Acknowledged);
        Assert.True(storedAtAcknowledgement, worker.Log);
        Assert.Equal(["WorkerReady", "WorkerDraining", "WorkerDone"], controller.Events.Select(told => told.Name));
    }

    [Fact]
    public async Task MachineIsToBeTakenAway_ControllerIsAway_NothingIsAcknowledged()
    {
        await using var metadata = await FakeMetadata.StartAsync("m");
        await using var controller = await FakeController.StartAsync();
        await using var worker = await WorkerUnderTest.StartAsync(controller, more: ["--scheduled-events", metadata.Address.ToString()]);
        await worker.InitialiseAsync(await Loads.WithTopicAsync(testbed.BootstrapServers));
        await worker.DoAsync("start");
        await worker.Until(() => controller.Latest!.Counters.Acked > 1000, "1,000 records are acknowledged");
        controller.Refusals["evidence/w0/1"] = 503;

        metadata.Schedule("evict", "Preempt", DateTimeOffset.UtcNow.AddSeconds(30), "m");

        await worker.ExitAsync();
        Assert.Empty(metadata.Acknowledged);
        Assert.True(File.Exists(worker.OutboxPath), worker.Log);
    }

    [Fact]
    public async Task Killed_ReplacementTakesOver_NothingAcknowledgedIsMissing()
    {
        await using var controller = await FakeController.StartAsync();
        var spec = await Loads.WithTopicAsync(testbed.BootstrapServers);
        WorkerEvidence past;
        await using (var first = await WorkerUnderTest.StartAsync(controller))
        {
            await first.InitialiseAsync(spec);
            await first.DoAsync("start");
            await first.Until(() => controller.Evidence.Any(evidence => evidence.Received() > 2000), "a checkpoint with 2,000 records");
            first.Signal("KILL");
            Assert.Equal(128 + 9, await first.ExitAsync());
            past = controller.Evidence.MaxBy(evidence => evidence.Number)!;
        }

        await using var second = await WorkerUnderTest.StartAsync(controller, epoch: 2);
        await second.InitialiseAsync(spec with
        {
            Producers = [spec.Producers[0] with { Incarnation = 2 * Marathon.Workers.Load.ProducerSpec.IncarnationsPerLife }],
            ResumeFrom = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(EvidenceJson.Write(past)),
        });
        await second.DoAsync("start");
        await second.Until(() => controller.Evidence.Any(evidence => evidence.Epoch == 2 && evidence.Received() > 2000), "the replacement reads");
        await second.DoAsync("stop", """{"flushSeconds":30}""");
        var ends = await EndsAsync(spec);
        await second.Until(() => controller.Latest!.Positions.Sum(position => position.NextOffset) == ends, "the replacement has read to the end");
        await second.DoAsync("shutdown");
        var last = controller.Evidence.Where(evidence => evidence.Epoch == 2).MaxBy(evidence => evidence.Number)!;

        Assert.Equal(ends, past.Received() + last.Received());
        Assert.Empty(controller.Latest!.Counters.Anomalies);
        var acknowledged = past.Acknowledged() + last.Acknowledged();
        Assert.InRange(ends - acknowledged, 0, 2000 * 4);
    }

    [Fact]
    public async Task Anomaly_ThatIsAViolation_IsToldOnce()
    {
        await using var controller = await FakeController.StartAsync();
        await using var worker = await WorkerUnderTest.StartAsync(controller);
        var spec = await Loads.WithTopicAsync(testbed.BootstrapServers);
        await worker.InitialiseAsync(spec);
        await worker.DoAsync("start");
        using (var stranger = new Confluent.Kafka.ProducerBuilder<Confluent.Kafka.Null, string>(
            new Dictionary<string, string> { ["bootstrap.servers"] = testbed.BootstrapServers }).Build())
        {
            for (var i = 0; i < 5; i++)
                await stranger.ProduceAsync(spec.Topics[0].Name, new Confluent.Kafka.Message<Confluent.Kafka.Null, string> { Value = "no record of ours" });
        }

        await worker.Until(() => controller.Latest!.Counters.Anomalies.Values.Sum() >= 5, "the anomalies are counted");
        await worker.DoAsync("shutdown");
        await worker.ExitAsync();

        var kinds = controller.Latest!.Counters.Anomalies.Count;
        Assert.Equal(kinds, controller.Events.Count(told => told.Name == "AssertionViolated"));
        Assert.All(controller.Latest.Counters.Anomalies.Keys, kind => Assert.Contains(controller.Events, told => told.Event.Detail?.StartsWith(kind, StringComparison.Ordinal) == true));
    }

    [Fact]
    public async Task Telemetry_WithAnEndpoint_IsExported()
    {
        await using var controller = await FakeController.StartAsync();
        await using var worker = await WorkerUnderTest.StartAsync(
            controller,
            environment: [
                ("OTEL_EXPORTER_OTLP_ENDPOINT", controller.Address.ToString()),
                ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
                ("OTEL_METRIC_EXPORT_INTERVAL", "200"),
                ("OTEL_BSP_SCHEDULE_DELAY", "200"),
            ]);

        await worker.Until(() => controller.Exports.Contains("metrics") && controller.Exports.Contains("traces"), "metrics and traces are exported");
    }

    private static async Task<long> EndsAsync(Marathon.Workers.Load.LoadSpec spec)
    {
        using var admin = new Marathon.Kafka.Admin.KafkaAdmin(spec.BootstrapServers);
        return (await admin.ListOffsetsAsync(spec.Topics[0].Name, [0, 1, 2, 3], Marathon.Kafka.Admin.OffsetAt.Latest, CancellationToken.None)).Values.Sum();
    }
}
