using Marathon.Controller.Orchestrations;
using Marathon.Controller.Tests.World;
using Marathon.Workers;

namespace Marathon.Benchmarks.Scale;

/// <summary>Tells the controller of each life what a real worker and its host tell: that it came, that it is ready, that it ended.</summary>
internal sealed class WorkerNews(ControllerWorld world, string runId, int cells)
{
    private readonly Dictionary<(string Worker, int Epoch), int> told = [];

    /// <summary>Events for each life: on the average, and the most.</summary>
    public (double Average, int Most) PerLife => (told.Values.Average(), told.Values.Max());

    public async Task OfNewLivesAsync()
    {
        foreach (SimulatedWorker life in world.Fleet.Workers.Where(w => !told.ContainsKey((w.Worker, w.Epoch))).ToArray())
        {
            if (life.Epoch > 1)
            {
                // The first lives are waited for by the stage that prepares.
                await TellAsync(life, WorkerEventKind.WorkerRegistered);
            }

            await TellAsync(life, WorkerEventKind.WorkerReady);
        }
    }

    public Task OfTheEndAsync(SimulatedWorker life) => TellAsync(life, WorkerEventKind.WorkerExited);

    private async Task TellAsync(SimulatedWorker life, WorkerEventKind kind)
    {
        told[(life.Worker, life.Epoch)] = told.GetValueOrDefault((life.Worker, life.Epoch)) + 1;
        WorkerSignal signal = new($"{life.Worker}-{life.Epoch}-{kind}", life.Worker, life.Epoch, kind);
        await world.Client.RaiseEventAsync(
            FleetCell.InstanceId(runId, 1, int.Parse(life.Worker.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture) % cells), WorkerSignal.EventName, signal);
    }
}
