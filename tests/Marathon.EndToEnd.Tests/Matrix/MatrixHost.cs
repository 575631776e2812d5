using System.Collections.Concurrent;
using System.Text.Json;
using Marathon.Cli.Api;
using Marathon.Cli.Owner;
using Marathon.Controller;
using Marathon.Controller.Clusters;
using Marathon.Controller.Evidence;
using Marathon.Controller.Fleets;
using Marathon.Controller.Http;
using Marathon.Reports;
using Marathon.Runs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Marathon.EndToEnd.Tests.Matrix;

/// <summary>
/// The one-machine host as it is, its orchestrations, its evidence and its verdicts, with brokers and workers in this process:
/// a run costs its load, and not the start of five processes.
/// </summary>
internal sealed class MatrixHost : IAsyncDisposable
{
    private const int ThreadsAtLeast = 64;

    // Of many workers on one busy machine some are late: that is not what is tested here.
    private static readonly TimeSpan s_heartbeatsWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_endsWithin = TimeSpan.FromMinutes(4);
    private readonly string data = Directory.CreateTempSubdirectory("marathon-matrix-").FullName;
    private readonly InProcessTestbed testbed = new();
    private readonly ConcurrentDictionary<string, MatrixCase> cases = new();
    private OwnerHost? host;
    private MarathonClient? client;

    public static async Task<MatrixHost> StartAsync()
    {
        // All brokers and workers share one pool of threads here, and some of what they do blocks one for a while.
        ThreadPool.SetMinThreads(ThreadsAtLeast, ThreadsAtLeast);
        MatrixHost matrix = new();
        matrix.host = await OwnerHost.StartAsync(new OwnerOptions(matrix.data, Port: null, TimeSpan.FromSeconds(60)), CancellationToken.None, matrix.Replace);
        matrix.client = new MarathonClient(matrix.host.File.Url, matrix.host.File.OperatorKey);
        return matrix;
    }

    /// <summary>Runs a case to its report.</summary>
    public async Task<Report> RunAsync(MatrixCase one)
    {
        RunSpec spec = one.Spec();
        string topic = $"matrix-{one.Name}";
        cases[topic] = one;
        spec = spec with { Config = new Dictionary<string, JsonElement>(spec.Config) { ["topic"] = JsonSerializer.SerializeToElement(topic) } };
        string run = await client!.StartAsync(spec, CancellationToken.None);
        long since = TimeProvider.System.GetTimestamp();
        RunSummary? summary;
        while ((summary = await client.FindAsync(run, CancellationToken.None)) is not { State: "finished" })
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < s_endsWithin, $"{one.Name}: the run is still {summary?.State} after {s_endsWithin.TotalMinutes} min");
            await Task.Delay(200);
        }

        byte[] report = await client.FindReportAsync(run, "json", CancellationToken.None) ?? throw new InvalidDataException($"{one.Name}: no report; {summary.Reason}");
        return JsonSerializer.Deserialize<Report>(report, ReportJson.Options)!;
    }

    public async ValueTask DisposeAsync()
    {
        client?.Dispose();
        if (host is not null)
        {
            await host.DisposeAsync();
        }

        await testbed.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    private void Replace(IServiceCollection services) => services
        .AddSingleton(Patient((ControllerOptions)services.Last(s => s.ServiceType == typeof(ControllerOptions)).ImplementationInstance!))
        .RemoveAll<IClusterProvider>()
        .AddSingleton<IClusterProvider>(testbed)
        .AddSingleton<IFleetProvider>(new InProcessFleet(data, (_, load) => new MisbehavingLoad(load, topic => cases[topic].Misbehaviour)))
        .AddSingleton<IRangeRereader>(services => new BlindRereader(ActivatorUtilities.CreateInstance<KafkaRangeRereader>(services), topic => cases[topic].IsBlind));

    private static ControllerOptions Patient(ControllerOptions usual) => usual with { Runs = usual.Runs with { HeartbeatTimeout = s_heartbeatsWithin } };
}
