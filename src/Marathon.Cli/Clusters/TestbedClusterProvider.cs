using System.Globalization;
using Marathon.Cli.Processes;
using Marathon.Cli.Storage;
using Marathon.Controller.Clusters;

namespace Marathon.Cli.Clusters;

/// <summary>The embedded cluster, in a process of its own.</summary>
internal sealed class TestbedClusterProvider(string data, TimeSpan leaseTimeout) : LocalClusterProvider(data, leaseTimeout)
{
    /// <summary>As specs name it.</summary>
    public const string Name = "testbed";

    /// <inheritdoc/>
    protected override string Kind => Name;

    /// <inheritdoc/>
    protected override string ControlFileName => "testbed.json";

    /// <inheritdoc/>
    protected override TimeSpan ServesWithin => TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    protected override TimeSpan StopsWithin => TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public override Task CheckAsync(ClusterRequest request, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override async Task<IReadOnlyDictionary<string, long>> CommittedLiesAsync(string runId, CancellationToken cancellationToken)
    {
        using ClusterControl? control = await TryControlAsync(runId, cancellationToken);
        try
        {
            return control is null ? NoLies : (await control.GetLiesAsync(cancellationToken)).ToDictionary(lie => lie.Kind, lie => lie.Committed);
        }
        catch (HttpRequestException)
        {
            // It is gone, and what it told with it: the report says that the lie was never told.
            return NoLies;
        }
    }

    /// <inheritdoc/>
    protected override ProcessLaunch Describe(ClusterRequest request, RunFolder run, TimeSpan leaseTimeout) => new(
        run.ClusterPid,
        run.Log(Name),
        run.Path,
        ExecutablePath.Beside("Marathon.Testbed"),
        [
            "--brokers", request.Brokers.ToString(CultureInfo.InvariantCulture),
            "--data", run.Cluster,
            "--lease", run.ClusterLease,
            "--lease-timeout", Seconds(leaseTimeout),
            "--seed", request.Seed.ToString(CultureInfo.InvariantCulture),
            .. request.Lies.SelectMany(lie => (string[])["--lie", lie]),
        ]);

    /// <summary>A duration as a command line takes it.</summary>
    internal static string Seconds(TimeSpan duration) => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds}s");
}
