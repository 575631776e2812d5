using Marathon.Workers.Load;

namespace Marathon.EndToEnd.Tests.Matrix;

/// <summary>A worker's load that does what no load of ours should.</summary>
internal sealed class MisbehavingLoad(ILoad usual, Func<string, Misbehaviour?> of) : ILoad
{
    private readonly CancellationTokenSource ended = new();
    private Misbehaviour? misbehaviour;
    private Task running = Task.CompletedTask;

    public Task InitialiseAsync(LoadSpec spec, CancellationToken cancellationToken)
    {
        misbehaviour = of(spec.Topics[0].Name);
        return usual.InitialiseAsync(misbehaviour?.Change(spec) ?? spec, cancellationToken);
    }

    public async Task StartAsync()
    {
        await usual.StartAsync();
        running = misbehaviour?.RunAsync((Kafka.KafkaLoad)usual, ended.Token) ?? Task.CompletedTask;
    }

    public async Task StopProducingAsync(TimeSpan flush, CancellationToken cancellationToken)
    {
        await ended.CancelAsync();
        await running;
        await usual.StopProducingAsync(flush, cancellationToken);
    }

    public Task ChangeThroughputAsync(double? ratePerSecond) => usual.ChangeThroughputAsync(ratePerSecond);

    public Task PauseConsumptionAsync() => usual.PauseConsumptionAsync();

    public Task ResumeConsumptionAsync() => usual.ResumeConsumptionAsync();

    public Task BeginMeasurementAsync() => usual.BeginMeasurementAsync();

    public Task StopConsumingAsync(CancellationToken cancellationToken) => usual.StopConsumingAsync(cancellationToken);

    public async Task<LoadEvidence> CutAsync(CancellationToken cancellationToken)
    {
        LoadEvidence evidence = await usual.CutAsync(cancellationToken);
        misbehaviour?.Look(evidence);
        return evidence;
    }

    public Task StoredAsync(CancellationToken cancellationToken) => usual.StoredAsync(cancellationToken);

    public LoadStatus Status() => usual.Status();

    public async ValueTask DisposeAsync()
    {
        await usual.DisposeAsync();
        ended.Dispose();
    }
}
