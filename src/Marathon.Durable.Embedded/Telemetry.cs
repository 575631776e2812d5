using System.Diagnostics;
using System.Diagnostics.Metrics;
using Marathon.Durable.Embedded.Replay;
using Marathon.Durable.Embedded.Storage;

namespace Marathon.Durable.Embedded;

/// <summary>What the engine reports: the meter and the activity source are both named Marathon.Durable.Embedded.</summary>
internal static class Telemetry
{
    public const string Name = "Marathon.Durable.Embedded";
    private static readonly ActivitySource s_source = new(Name);
    private static readonly Meter s_meter = new(Name);
    private static readonly Counter<long> s_episodes = s_meter.CreateCounter<long>("marathon.durable.episodes", "{episode}");
    private static readonly Counter<long> s_ended = s_meter.CreateCounter<long>("marathon.durable.orchestrations.ended", "{orchestration}");
    private static readonly Counter<long> s_activities = s_meter.CreateCounter<long>("marathon.durable.activities", "{activity}");
    private static readonly Counter<long> s_operations = s_meter.CreateCounter<long>("marathon.durable.store.operations", "{operation}");
    private static readonly Counter<long> s_rows = s_meter.CreateCounter<long>("marathon.durable.store.rows", "{row}", "Rows inserted, changed or deleted");
    private static readonly Histogram<double> s_commit = s_meter.CreateHistogram<double>("marathon.durable.store.commit.duration", "s");

    public static void Played(EpisodeOutcome outcome)
    {
        s_episodes.Add(1);
        if (outcome.IsTerminal)
            s_ended.Add(1, new KeyValuePair<string, object?>("status", outcome.Status.ToString()));
    }

    public static void Committed(int operations, int rows, TimeSpan took)
    {
        s_operations.Add(operations);
        s_rows.Add(rows);
        s_commit.Record(took.TotalSeconds);
    }

    public static void Finished(ActivityWork work, bool failed) => s_activities.Add(
        1, new KeyValuePair<string, object?>("durabletask.task.name", work.Name), new KeyValuePair<string, object?>("failed", failed));

    public static Activity? StartActivity(ActivityWork work)
    {
        Activity? span = s_source.StartActivity("activity:" + work.Name);
        span?.SetTag("durabletask.type", "activity");
        span?.SetTag("durabletask.task.name", work.Name);
        span?.SetTag("durabletask.task.instance_id", work.InstanceId);
        span?.SetTag("durabletask.task.task_id", work.TaskId);
        return span;
    }
}
