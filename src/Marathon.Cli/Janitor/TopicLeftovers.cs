using System.Collections.ObjectModel;
using System.Text.RegularExpressions;
using Marathon.Configuration;
using Marathon.Controller.Runs;
using Marathon.Kafka.Admin;
using Marathon.Scenarios;

namespace Marathon.Cli.Janitor;

/// <summary>
/// Topics with the names that runs give theirs. On a cluster that was there before, only those of ended runs of this data
/// folder: any other may be another folder's. On a living run's own cluster all that are of no living run. A topic whose name
/// the user chose is never touched.
/// </summary>
internal sealed partial class TopicLeftovers(ScenarioCatalog catalog, TimeProvider clock, ILogger<TopicLeftovers> logger) : ILeftoverSource
{
    private const string Existing = "existing";
    private static readonly TimeSpan s_reachableWithin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromHours(1);
    private readonly Dictionary<string, (TimeSpan Pause, long Since)> silent = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Leftover>> FindAsync(RunCensus census, CancellationToken cancellationToken)
    {
        List<Leftover> found = [];
        IReadOnlyList<RunRecord> known = await census.KnownAsync(cancellationToken);
        foreach (IGrouping<(string Servers, bool Own), RunRecord> cluster in known
            .Where(r => r.Cluster is { Kind: Existing } || (r.Cluster is not null && r.ClusterHeld && r.End is null))
            .GroupBy(r => (r.Cluster!.BootstrapServers, r.Cluster.Kind != Existing)))
        {
            if ((cluster.Key.Own || cluster.Any(r => r.End is not null)) && Properties(cluster.Last()) is { } properties)
            {
                foreach (string topic in await ListAsync(cluster.Key.Servers, properties, cancellationToken))
                {
                    if (RunOf(topic) is { } run && (cluster.Key.Own || cluster.Any(r => r.RunId == run))
                        && await census.WhyOverAsync(run, cancellationToken) is { } reason)
                    {
                        found.Add(new Leftover($"topic {topic} on {cluster.Key.Servers}", run, reason, cancel => DeleteAsync(cluster.Key.Servers, properties, topic, cancel)));
                    }
                }
            }
        }

        return found;
    }

    /// <summary>The run that made a topic, by the topic's name; null when no run makes such names.</summary>
    internal static string? RunOf(string topic) => Form().Match(topic) is { Success: true } match ? match.Groups["run"].Value : null;

    // A cluster that is gone is asked less and less often.
    private async Task<IReadOnlyList<string>> ListAsync(string servers, IReadOnlyDictionary<string, string> properties, CancellationToken cancellationToken)
    {
        if (silent.TryGetValue(servers, out (TimeSpan Pause, long Since) before) && clock.GetElapsedTime(before.Since) < before.Pause)
        {
            return [];
        }

        try
        {
            using KafkaAdmin admin = new(servers, properties, reachableWithin: s_reachableWithin);
            IReadOnlyList<string> topics = await admin.ListTopicsAsync(cancellationToken);
            silent.Remove(servers);
            return topics;
        }
        catch (Exception e) when (e is ClusterUnreachableException or KafkaAdminException)
        {
            TimeSpan pause = before.Pause == TimeSpan.Zero ? TimeSpan.FromMinutes(1) : before.Pause * 2;
            silent[servers] = (pause < s_longestPause ? pause : s_longestPause, clock.GetTimestamp());
            logger.ClusterSilent(servers, e.Message);
            return [];
        }
    }

    private static async Task DeleteAsync(string servers, IReadOnlyDictionary<string, string> properties, string topic, CancellationToken cancellationToken)
    {
        using KafkaAdmin admin = new(servers, properties, reachableWithin: s_reachableWithin);
        await admin.DeleteTopicAsync(topic, cancellationToken);
    }

    // A spec that an older version accepted may bind no more: then nobody knows how to reach the cluster.
    private ReadOnlyDictionary<string, string>? Properties(RunRecord run)
    {
        try
        {
            return catalog.Get(run.Spec.Scenario).Bind(run.Spec).ClientProperties.AsReadOnly();
        }
        catch (SpecException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^marathon-(?<run>[a-z0-9][a-z0-9-]*-\d{8}-\d{6}-[0-9a-f]{4})(-\d{1,2})?(-transformed)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
