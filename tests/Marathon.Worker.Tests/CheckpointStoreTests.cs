using System.Net;
using Marathon.Verification;
using Marathon.Worker.Controller;
using Marathon.Worker.Evidence;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marathon.Worker.Tests;

/// <summary>What checkpoints the controller gets, and what lies in the outbox when it takes none.</summary>
public sealed class CheckpointStoreTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("marathon-checkpoints-").FullName;

    [Fact]
    public async Task Checkpoint_AfterTheFinalOneThatNobodyTook_LeavesItInTheOutbox()
    {
        await using var controller = await FakeController.StartAsync();
        using var checkpoints = new Store(controller, _data);
        await controller.GoAwayAsync();

        Assert.Equal(ReplyKind.Unanswered, await checkpoints.TakeAsync(final: true));
        Assert.Equal(ReplyKind.Unanswered, await checkpoints.TakeAsync(final: false));
        Assert.True(checkpoints.Left!.Final);

        await controller.ComeBackAsync();
        Assert.Equal(ReplyKind.Accepted, await checkpoints.TakeAsync(final: false));
        Assert.True(Assert.Single(controller.Evidence).Final);
        Assert.Null(checkpoints.Left);
    }

    [Fact]
    public async Task Checkpoint_AfterTheFinalOneThatWasTaken_IsNotSent()
    {
        await using var controller = await FakeController.StartAsync();
        using var checkpoints = new Store(controller, _data);

        await checkpoints.TakeAsync(final: false);
        await checkpoints.TakeAsync(final: true);
        Assert.Equal(ReplyKind.Accepted, await checkpoints.TakeAsync(final: false));

        Assert.Equal([1, 2], controller.Evidence.Select(evidence => evidence.Number));
        Assert.True(controller.Evidence.Last().Final);
    }

    [Fact]
    public async Task Checkpoint_NeitherTakenNorKept_IsInTheNext()
    {
        await File.WriteAllTextAsync(Path.Combine(_data, "runs"), "in the way of the outbox's folder");
        await using var controller = await FakeController.StartAsync();
        using var checkpoints = new Store(controller, _data);
        await controller.GoAwayAsync();

        Assert.Equal(ReplyKind.Unanswered, await checkpoints.TakeAsync(final: false));

        await controller.ComeBackAsync();
        Assert.Equal(ReplyKind.Accepted, await checkpoints.TakeAsync(final: true));
        Assert.Equal(2, Assert.Single(controller.Evidence).Number);
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private sealed class Store : IDisposable
    {
        private readonly EvidenceOutbox _outbox;
        private readonly ControllerClient _client;
        private readonly CheckpointStore _checkpoints;

        public Store(FakeController controller, string data)
        {
            var arguments = new WorkerArguments(
                "run-1", data, "w0", 1, controller.Address, new IPEndPoint(IPAddress.Loopback, 0), TimeSpan.FromSeconds(60), FakeController.Token);
            _outbox = new EvidenceOutbox(arguments);
            _client = new ControllerClient(arguments);
            _checkpoints = new CheckpointStore(arguments, _client, _outbox, TimeProvider.System, NullLogger<CheckpointStore>.Instance);
        }

        public WorkerEvidence? Left => File.Exists(_outbox.Path) ? EvidenceJson.Read(File.ReadAllBytes(_outbox.Path)) : null;

        public async Task<ReplyKind> TakeAsync(bool final)
        {
            await using var load = new Marathon.Kafka.KafkaLoad(TimeProvider.System, NullLogger.Instance);
            return await _checkpoints.CheckpointAsync(load, final, CancellationToken.None);
        }

        public void Dispose()
        {
            _checkpoints.Dispose();
            _client.Dispose();
        }
    }
}
