using Marathon.Verification;
using Marathon.Worker.Controller;
using Marathon.Worker.Lifetime;
using Marathon.Workers;
using Marathon.Workers.Load;

namespace Marathon.Worker.Evidence;

/// <summary>
/// Makes numbered checkpoints of the load's evidence and hands them to the controller; what it does not take lies in the
/// outbox. Offsets are committed only for checkpoints that it took.
/// </summary>
public sealed class CheckpointStore(
    WorkerArguments arguments, ControllerClient controller, EvidenceOutbox outbox, TimeProvider clock, ILogger<CheckpointStore> logger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private long _number, _stored;
    private byte[]? _final;
    private bool _away;

    /// <summary>Number of the newest checkpoint that the controller has stored.</summary>
    public long Stored => Volatile.Read(ref _stored);

    /// <summary>Whether the controller has stored the newest.</summary>
    public bool AllStored => Stored == Volatile.Read(ref _number);

    /// <summary>
    /// Makes one now and offers it to the controller. After the final one there is nothing to add, least of all a newer
    /// checkpoint that is not final: it is offered again as long as it has not been taken.
    /// </summary>
    public async Task<ReplyKind> CheckpointAsync(ILoad load, bool final, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_final is not null)
                return _stored == _number ? ReplyKind.Accepted : await OfferAsync(_final, cancellationToken);

            var evidence = await load.CutAsync(cancellationToken);
            var json = EvidenceJson.Write(Number(evidence, ++_number, final));
            _final = final ? json : null;
            var reply = await OfferAsync(json, cancellationToken);
            if (reply == ReplyKind.Accepted)
                await load.StoredAsync(cancellationToken);
            return reply;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>A checkpoint every <see cref="WorkerProtocol.CheckpointInterval"/> while there is a load, until the worker ends.</summary>
    public async Task RunAsync(WorkerSession session, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(WorkerProtocol.CheckpointInterval, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (session.Load is { } load && await CheckpointAsync(load, final: false, cancellationToken) == ReplyKind.Replaced)
                session.End(WorkerEnd.Replaced, "the controller answered a checkpoint with 410");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<ReplyKind> OfferAsync(byte[] json, CancellationToken cancellationToken)
    {
        if (_away)
            await KeepAsync(json, cancellationToken);
        var reply = await controller.StoreAsync(json, cancellationToken);
        await SettleAsync(reply, _number, json, cancellationToken);
        return reply.Kind;
    }

    private async Task SettleAsync(Reply<object> reply, long number, byte[] json, CancellationToken cancellationToken)
    {
        // A replaced worker's evidence is merged all the same.
        if (reply.Kind is ReplyKind.Accepted or ReplyKind.Replaced)
        {
            Volatile.Write(ref _stored, number);
            if (_away)
            {
                outbox.Clear();
                logger.CheckpointDelivered(number);
            }

            _away = false;
            return;
        }

        if (!_away)
        {
            logger.CheckpointKept(number, outbox.Path, reply.Detail);
            await KeepAsync(json, cancellationToken);
        }

        _away = true;
    }

    // Checkpoints are cumulative: one that cannot be kept now is in the next.
    private async Task KeepAsync(byte[] json, CancellationToken cancellationToken)
    {
        try
        {
            await outbox.LeaveAsync(json, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.CheckpointNotKept(_number, outbox.Path, e.Message);
        }
    }

    private WorkerEvidence Number(LoadEvidence evidence, long number, bool final) => new()
    {
        Run = arguments.Run,
        Worker = arguments.Worker,
        Epoch = arguments.Epoch,
        Number = number,
        At = clock.GetUtcNow(),
        Final = final,
        Producers = evidence.Producers,
        Consumers = evidence.Consumers,
        PublishLatency = evidence.PublishLatency,
        EndToEndLatency = evidence.EndToEndLatency,
        Anomalies = evidence.Anomalies,
    };
}
