using System.Globalization;
using System.Runtime.CompilerServices;
using Marathon.Durable.Embedded.Engine;
using Marathon.Durable.Embedded.Storage;
using Marathon.Durable.History;

namespace Marathon.Durable.Embedded.Client;

internal sealed partial class EmbeddedDurableClient
{
    private const int MaxPageSize = 10_000;

    public override async Task<OrchestrationMetadata?> GetInstanceAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        Arguments.RequireNotEmpty(instanceId);
        cancellation.ThrowIfCancellationRequested();
        DataConverter? converter = getInputsAndOutputs ? Engine.Converter : null;
        return await Engine.ReadAsync(session => session.Get(instanceId, converter));
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, instance => instance.RuntimeStatus is not OrchestrationRuntimeStatus.Pending, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, instance => instance.IsCompleted, getInputsAndOutputs, cancellation);

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        OrchestrationQuery query = filter ?? new();
        return Pageable.Create((token, size, cancellation) =>
        {
            cancellation.ThrowIfCancellationRequested();
            OrchestrationQuery page = query with { PageSize = size ?? query.PageSize, ContinuationToken = token ?? query.ContinuationToken };
            return PageAsync(page);
        });
    }

    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        Arguments.Require(instanceId);
        cancellation.ThrowIfCancellationRequested();
        return new(await Engine.WriteAsync((session, effects) =>
            session.Find(instanceId) is { IsActive: false } ended
                ? Purging.Purge(session, effects, ended, options?.Recursive ?? false)
                : 0));
    }

    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        int purged = 0;
        foreach (InstanceRef[] batch in (await Engine.ReadAsync(session => session.Ended(filter))).Chunk(Purging.BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            purged += await Engine.WriteAsync((session, effects) => batch.Sum(instance =>
                session.Find(instance.Key) is { IsActive: false } ended
                    ? Purging.Purge(session, effects, ended, options?.Recursive ?? false)
                    : 0));
        }

        return new(purged);
    }

    public override async Task<IList<HistoryEvent>> GetOrchestrationHistoryAsync(string instanceId, CancellationToken cancellation = default)
    {
        Arguments.Require(instanceId);
        cancellation.ThrowIfCancellationRequested();
        return await Engine.ReadAsync(session => session.Find(instanceId) is { } instance ? session.History(instance.Key) : null)
            ?? throw Arguments.NotFound(instanceId);
    }

    private async Task<Page<OrchestrationMetadata>> PageAsync(OrchestrationQuery query)
    {
        if (query.PageSize is < 1 or > MaxPageSize)
            throw new ArgumentException($"The page size is {query.PageSize}; it must be between 1 and {MaxPageSize}.", nameof(query));
        long after = 0;
        if (query.ContinuationToken is { } token && !long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            throw new ArgumentException("The continuation token is not one of this listing's.", nameof(query));
        DurableEngine engine = Engine;
        (List<OrchestrationMetadata> page, long lastKey) = await engine.ReadAsync(session => session.List(query, after, engine.Converter));
        return new(page, page.Count < query.PageSize ? null : lastKey.ToString(CultureInfo.InvariantCulture));
    }

    private async Task<OrchestrationMetadata> WaitAsync(
        string instanceId,
        Func<OrchestrationMetadata, bool> condition,
        bool getInputsAndOutputs,
        CancellationToken cancellation,
        [CallerMemberName] string operation = "")
    {
        Arguments.Require(instanceId);
        DurableEngine engine = Engine;
        try
        {
            while (true)
            {
                Task change = engine.Waiters.NextChange(instanceId);
                if (await GetInstanceAsync(instanceId, getInputsAndOutputs, cancellation) is not { } instance)
                {
                    engine.Waiters.Changed(instanceId);
                    throw Arguments.NotFound(instanceId);
                }

                if (condition(instance))
                    return instance;
                await change.WaitAsync(cancellation);
            }
        }
        catch (OperationCanceledException e) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException($"The {operation} operation was canceled.", e, cancellation);
        }
    }
}
