using Marathon.Controller.Alerts;
using Marathon.Controller.Runs;
using Marathon.Durable;
using Marathon.Scenarios.Toolkit;
using Marathon.Workers;

namespace Marathon.Controller.Activities;

/// <summary>Writes down what a worker said of itself.</summary>
public sealed class RecordWorkerSignal(IRunStore runs, IEnumerable<IAlertSink> sinks, TimeProvider time) : Activity<WorkerSignalRequest, object?>
{
    /// <inheritdoc/>
    public override async Task<object?> RunAsync(ActivityContext context, WorkerSignalRequest input)
    {
        WorkerSignal signal = input.Signal;
        await runs.UpdateAsync(input.RunId, run => Apply(run, signal), CancellationToken.None);
        if (signal.Kind == WorkerEventKind.AssertionViolated)
        {
            Alert alert = new(signal.EventId, input.RunId, Severity.Error, $"worker {signal.Worker} saw a violation", signal.Detail ?? "");
            await Task.WhenAll(sinks.Select(sink => sink.RaiseAsync(alert, CancellationToken.None)));
        }

        return null;
    }

    private RunRecord Apply(RunRecord run, WorkerSignal signal) => (run.LifeOf(signal.Worker, signal.Epoch), signal.Kind) switch
    {
        ({ EndedAt: null } life, WorkerEventKind.WorkerDraining) => run.With(life with { Draining = true, Detail = signal.Detail ?? life.Detail }),
        ({ EndedAt: null } life, WorkerEventKind.WorkerDone) => run.With(life with
        {
            EndedAt = time.GetUtcNow(),
            End = life.Draining ? WorkerEnd.Drained : WorkerEnd.Done,
            Detail = signal.Detail ?? life.Detail,
        }),
        _ => run,
    };
}
