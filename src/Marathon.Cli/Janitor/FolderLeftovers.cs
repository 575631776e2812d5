using Marathon.Cli.Storage;
using Marathon.Controller.Runs;
using Marathon.Controller.Storage;

namespace Marathon.Cli.Janitor;

/// <summary>
/// The data of clusters whose run is over, and the folders of runs that never came to be. What a run leaves for people stays:
/// its record, its evidence, its report, its logs.
/// </summary>
/// <param name="data">The data folder.</param>
/// <param name="clock">Time.</param>
/// <param name="untouchedFor">How long a folder without a record must have lain there: a run's record is not the first of its files.</param>
internal sealed class FolderLeftovers(DataFolder data, TimeProvider clock, TimeSpan untouchedFor) : ILeftoverSource
{
    private static readonly HashSet<string> s_worthNothing = new(StringComparer.Ordinal) { "cluster", "cluster.pid", "cluster.lease", "workers", "faults", "token", "spec.json", "logs" };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Leftover>> FindAsync(RunCensus census, CancellationToken cancellationToken)
    {
        List<Leftover> found = [];
        foreach (string folder in Directory.Exists(data.Runs) ? Directory.EnumerateDirectories(data.Runs) : [])
        {
            string name = Path.GetFileName(folder);
            RunFolder run = new(data.Root, name);
            bool worthNothing = IsWorthNothing(run);
            if (RunId.IsValid(name) && (worthNothing || HasCluster(run)) && await census.WhyOverAsync(name, cancellationToken) is { } reason)
            {
                found.Add(worthNothing
                    ? new Leftover($"folder {folder}", name, reason, _ => Delete(folder))
                    : new Leftover($"folder {run.Cluster}", name, reason, _ => DeleteCluster(run)));
            }
        }

        return found;
    }

    private static bool HasCluster(RunFolder run) => Directory.Exists(run.Cluster) || File.Exists(run.ClusterPid) || File.Exists(run.ClusterLease);

    // Without a record, and with nothing in it that tells of a run.
    private bool IsWorthNothing(RunFolder run) =>
        !File.Exists(data.Record(run.RunId))
        && Directory.EnumerateFileSystemEntries(run.Path).All(e => s_worthNothing.Contains(Path.GetFileName(e)))
        && Directory.EnumerateFileSystemEntries(run.Path).Select(Directory.GetLastWriteTimeUtc).Append(Directory.GetLastWriteTimeUtc(run.Path)).Max() < clock.GetUtcNow().UtcDateTime - untouchedFor;

    private static Task DeleteCluster(RunFolder run)
    {
        File.Delete(run.ClusterPid);
        File.Delete(run.ClusterLease);
        return Delete(run.Cluster);
    }

    private static Task Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return Task.CompletedTask;
    }
}
