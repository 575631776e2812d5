using System.Security.Cryptography;
using Marathon.Cli.Clusters;
using Marathon.Cli.Kafka;
using Marathon.Cli.Terminal;
using Marathon.Configuration;
using Marathon.Controller.Storage;
using Marathon.Leases;

namespace Marathon.Cli.Keeper;

/// <summary>
/// Owns the brokers of one local Kafka cluster: starts them, breaks and restarts them when told, and stops them when its
/// lease ends or it is told to stop. Killed, it takes them along.
/// </summary>
internal sealed class KafkaKeeper(KeeperOptions options, TextWriter log)
{
    /// <summary>Runs until the lease ends or the token is cancelled.</summary>
    /// <param name="serving">Called with the bootstrap servers once the cluster serves.</param>
    /// <param name="cancellationToken">Stops the brokers in order.</param>
    public async Task RunAsync(Action<string> serving, CancellationToken cancellationToken)
    {
        KafkaFiles files = new(Path.GetFullPath(options.Folder), Path.GetFullPath(options.Logs));
        KafkaHome home = KafkaHome.Find(options.KafkaHome);
        JavaRuntime java = await RequireJavaAsync(cancellationToken);
        await using KafkaCluster cluster = await KafkaCluster.StartAsync(files, java, home, options.Brokers, cancellationToken);
        string key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await using WebApplication api = KeeperApi.Build(cluster, home.Version, key);
        await api.StartAsync(cancellationToken);
        ControlFile control = new(Environment.ProcessId, cluster.BootstrapServers, new Uri(api.Urls.Single()), key);
        await JsonFile.WriteAsync(files.Control, control, cancellationToken);
        serving(cluster.BootstrapServers);
        try
        {
            await WaitForEndAsync(cluster, cancellationToken);
        }
        finally
        {
            File.Delete(files.Control);
        }
    }

    /// <summary>A Java that is new enough.</summary>
    /// <exception cref="SpecException">There is none.</exception>
    public static async Task<JavaRuntime> RequireJavaAsync(CancellationToken cancellationToken) =>
        await JavaRuntime.FindAsync(cancellationToken) switch
        {
            null => throw new SpecException("cluster", "a local Kafka needs Java and there is no 'java' that starts", JavaRuntime.Remedy),
            { Major: < JavaRuntime.MinimumMajor } old => throw new SpecException(
                "cluster", $"a local Kafka needs Java {JavaRuntime.MinimumMajor} or newer and {old.Path} is {old.Version}", JavaRuntime.Remedy),
            { } java => java,
        };

    private async Task WaitForEndAsync(KafkaCluster cluster, CancellationToken cancellationToken)
    {
        try
        {
            if (options.Lease is null)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            else
            {
                await LeaseFile.WaitForEndAsync(options.Lease, options.LeaseTimeout, TimeProvider.System, cancellationToken);
                TimeSpan left = LeaseEnd.ToLeave(options.LeaseTimeout);
                await log.WriteLineAsync($"stopping: no controller renewed the lease, {left.TotalSeconds:0.#} s are left of its {options.LeaseTimeout.TotalSeconds:0.#} s");

                // Brokers end with their keeper, and nobody needs what they have.
                LeaseEnd.LeaveWithin(left, (int)ExitCode.Pass, () => log.WriteLine("stopping at once: the lease is over"));
                await cluster.StopAsync(left / 2);
            }
        }
        catch (OperationCanceledException)
        {
            await log.WriteLineAsync("stopping: told to");
        }
    }
}
