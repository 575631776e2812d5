using Marathon.Functions.Runs;
using Marathon.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marathon.Functions.Tests.Runs;

public sealed class DrainTests
{
    [Fact]
    public async Task AnInvocationThatRuns_ComesToItsEnd_BeforeTheAppStops()
    {
        TaskCompletionSource gate = new(), begun = new();
        using IHost app = FunctionsApp.Build(FunctionsApp.StorageSettings, builder => builder.Use(next => async context =>
        {
            begun.SetResult();
            await gate.Task;
        }));
        Drain drain = app.Services.GetRequiredService<Drain>();
        Task running = app.Services.GetRequiredService<FunctionExecutionDelegate>()(new Invocation(app.Services));
        await (await Task.WhenAny(begun.Task, running));

        Task stopping = drain.StopAsync(CancellationToken.None);
        Assert.False(stopping.IsCompleted);
        gate.SetResult();

        await Task.WhenAll(running, stopping).WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task AnInvocationThatFails_HoldsNothingUp()
    {
        using IHost app = FunctionsApp.Build(FunctionsApp.StorageSettings, builder => builder.Use(next => _ => throw new InvalidOperationException("broken")));
        await Assert.ThrowsAsync<InvalidOperationException>(() => app.Services.GetRequiredService<FunctionExecutionDelegate>()(new Invocation(app.Services)));

        Assert.True(app.Services.GetRequiredService<Drain>().StopAsync(CancellationToken.None).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task AnInvocationThatNeverEnds_IsCutOff_WhenTheHostWaitsNoLonger()
    {
        TaskCompletionSource never = new();
        using IHost app = FunctionsApp.Build(FunctionsApp.StorageSettings);
        Drain drain = app.Services.GetRequiredService<Drain>();
        Task running = drain.Invoke(new Invocation(app.Services), _ => never.Task);

        await drain.StopAsync(new CancellationToken(canceled: true)).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.False(running.IsCompleted);
    }

    [Fact]
    public void InvocationsEnd_BeforeTelemetryIsSent_AndBeforeTheWorkerStops()
    {
        Dictionary<string, string?> settings = FunctionsApp.StorageSettings;
        settings["APPLICATIONINSIGHTS_CONNECTION_STRING"] = "InstrumentationKey=11111111-2222-3333-4444-555555555555";
        using IHost app = FunctionsApp.Build(settings);

        // A host stops them from the last to the first.
        List<string> services = [.. app.Services.GetServices<IHostedService>().Select(service => service.GetType().Name)];

        Assert.Equal(services.Count - 1, services.IndexOf(nameof(Drain)));
        Assert.InRange(services.IndexOf(nameof(FlushAtStop)), services.IndexOf("WorkerHostedService") + 1, services.Count - 2);
    }
}
