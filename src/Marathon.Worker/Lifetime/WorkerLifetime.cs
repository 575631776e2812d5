using Marathon.Kafka;
using Marathon.Worker.Evidence;
using Marathon.Worker.Reporting;
using Marathon.Worker.ScheduledEvents;
using Marathon.Worker.Telemetry;

namespace Marathon.Worker.Lifetime;

/// <summary>One life of a worker, from its registration to its last words, whatever process it is in.</summary>
public static class WorkerLifetime
{
    private static readonly TimeSpan s_lastWords = TimeSpan.FromSeconds(5);

    /// <summary>Starts the host, registers, and lives until the session ends.</summary>
    /// <param name="app">What <see cref="WorkerHost.Build"/> has made.</param>
    /// <param name="logger">Where it says how it fares.</param>
    public static async Task<WorkerEnd> LiveAsync(WebApplication app, ILogger logger)
    {
        var services = app.Services;
        var session = services.GetRequiredService<WorkerSession>();
        var events = services.GetRequiredService<EventQueue>();
        var lease = services.GetRequiredService<Lease>();
        services.GetRequiredService<WorkerMeter>();
        using var stop = new CancellationTokenSource();
        await app.StartAsync();
        var machine = services.GetService<MachineWatch>();
        var tasks = new List<Task> { Guard(services.GetRequiredService<LeaseWatch>().RunAsync(stop.Token), session) };
        if (await services.GetRequiredService<Registrar>().RegisterAsync(WorkerHost.NodeOf(app), session))
        {
            // It takes a moment, and so does the first command.
            tasks.Add(Guard(Task.Run(KafkaLoad.LoadLibrary), session));
            var heartbeats = services.GetRequiredService<HeartbeatLoop>();
            session.LastWords = () => lease.UntilLeaving > TimeSpan.Zero ? heartbeats.LastAsync(s_lastWords) : Task.CompletedTask;
            tasks.Add(Guard(heartbeats.RunAsync(stop.Token), session));
            tasks.Add(Guard(services.GetRequiredService<CheckpointStore>().RunAsync(session, stop.Token), session));
            if (machine is not null)
                tasks.Add(Guard(machine.RunAsync(session, stop.Token), session));
        }

        var telling = Guard(events.RunAsync(stop.Token), session);
        var end = await session.Ended;
        await PartAsync(end, PatienceOf(end, lease), session, events, telling, logger);
        if (machine is not null)
            await machine.AcknowledgeAsync(new CancellationTokenSource(s_lastWords).Token);
        await stop.CancelAsync();
        await Task.WhenAll([telling, .. tasks]);
        await app.StopAsync(new CancellationTokenSource(s_lastWords).Token);
        return end;
    }

    /// <summary>
    /// How long to wait for outstanding sends. A replaced worker goes at once, and one whose lease ends must be gone by then, as
    /// its cluster must; one that is told to go hands over what it can.
    /// </summary>
    private static TimeSpan PatienceOf(WorkerEnd end, Lease lease) => end switch
    {
        WorkerEnd.Replaced => TimeSpan.FromSeconds(1),
        WorkerEnd.LeaseOver => lease.ToLeave / 4,
        _ => TimeSpan.FromSeconds(10),
    };

    private static async Task PartAsync(WorkerEnd end, TimeSpan flush, WorkerSession session, EventQueue events, Task telling, ILogger logger)
    {
        try
        {
            await session.HandOverAsync(flush);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            logger.HandOverFailed(failure);
        }

        events.Complete();
        if (end == WorkerEnd.Done)
            await Task.WhenAny(telling, Task.Delay(s_lastWords));
    }

    /// <summary>None of the loops may die unseen: the worker would live on deaf or without evidence.</summary>
    private static async Task Guard(Task loop, WorkerSession session)
    {
        try
        {
            await loop;
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception failure)
        {
            session.End(WorkerEnd.Crashed, failure.ToString());
        }
    }
}
