using Marathon.Controller.Activities;
using Marathon.Durable;
using Marathon.Scenarios.Toolkit;
using Marathon.Workers.Commands;

namespace Marathon.Controller.Orchestrations;

/// <summary>
/// Settles what became of every record of an attempt: stops and drains what still runs, gathers the last evidence, joins
/// it, and has read again what is missing before anybody calls it lost.
/// </summary>
public sealed class VerificationOrchestrator : Orchestrator<VerificationInput, bool>
{
    private const int RereadsAtOnce = 4;
    private const int RoundsAtMost = 5;

    // A cluster that gives nothing of a range for so long, and then nothing of any, will not: the records stay unseen, and the verdict says so.
    private const int FruitlessAtMost = 2;
    private const int IdleRoundsAtMost = 2;
    private static readonly TimeSpan s_longestTransaction = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_betweenSamples = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public override async Task<bool> RunAsync(OrchestrationContext context, VerificationInput input)
    {
        if (!input.Drained)
        {
            await DrainAsync(context, input);
        }

        await context.CallActivityAsync(nameof(Publish), new PublishRequest(input.RunId, $"{context.InstanceId}-evidence", WorkerCommand.Evidence), Retries.Few);
        await context.CallActivityAsync(nameof(CollectEvidence), new RunRequest(input.RunId), Retries.Few);
        await WatchStableOffsetsAsync(context, input);
        await context.CallActivityAsync(nameof(CheckTimeIndex), new JoinRequest(input.RunId, input.Attempt), Retries.Few);
        IReadOnlyList<RereadTask> open = await JoinAsync(context, input);
        HashSet<(string, int, long)> read = [];
        int idle = 0;
        // Among many overlapping readings one that was read again may show where another is needed.
        for (int round = 0; open.Count > 0 && round < RoundsAtMost && idle < IdleRoundsAtMost && (round == 0 || context.CurrentUtcDateTime < input.Deadline); round++)
        {
            int before = read.Count;
            await RereadAsync(context, input, new Queue<RereadTask>(open), read);
            idle = read.Count > before ? 0 : idle + 1;
            open = [.. (await JoinAsync(context, input)).Where(task => !read.Contains(Place(task)))];
        }

        return true;
    }

    private static Task<IReadOnlyList<RereadTask>> JoinAsync(OrchestrationContext context, VerificationInput input) =>
        context.CallActivityAsync<IReadOnlyList<RereadTask>>(nameof(JoinEvidence), new JoinRequest(input.RunId, input.Attempt), Retries.Few);

    // Whoever reads again is known by where it begins.
    private static (string, int, long) Place(RereadTask task) => (task.Range.Topic, task.Range.Partition, task.Range.From);

    // Transactions of clients that are gone end by themselves after a while. One that does not is stuck: the join says so.
    private static async Task WatchStableOffsetsAsync(OrchestrationContext context, VerificationInput input)
    {
        DateTimeOffset until = context.CurrentUtcDateTime + s_longestTransaction;
        while (await context.CallActivityAsync<bool>(nameof(SampleStableOffsets), new JoinRequest(input.RunId, input.Attempt), Retries.Few)
            && context.CurrentUtcDateTime < until && context.CurrentUtcDateTime < input.Deadline)
        {
            await context.CreateTimer(s_betweenSamples, CancellationToken.None);
        }
    }

    private static async Task DrainAsync(OrchestrationContext context, VerificationInput input)
    {
        await context.CallActivityAsync(nameof(MarkWindow), new MarkWindowRequest(input.RunId, End: true), Retries.Few);
        PublishRequest stop = new(input.RunId, $"{context.InstanceId}-stop", WorkerCommand.Stop) { Flush = input.Settings.InterruptedFlush };
        await context.CallActivityAsync(nameof(Publish), stop, Retries.Few);
        WatchRequest drained = new(
            input.RunId,
            new Condition(Measure.BacklogRecords, Comparison.AtMost, 0),
            input.Settings.PollInterval,
            input.Settings.StableFor,
            LivingOnly: true);
        try
        {
            await context.CallSubOrchestratorAsync<WatchResult>(
                nameof(ConditionWatch),
                new WatchInput(drained, context.CurrentUtcDateTime + input.Settings.InterruptedDrainWithin),
                new SubOrchestrationOptions(instanceId: $"{context.InstanceId}-drain"));
        }
        catch (TaskFailedException)
        {
            // A cluster that no longer answers cannot be drained: what consumers have not read stays unseen, and the verdict says so.
        }
    }

    private static async Task RereadAsync(OrchestrationContext context, VerificationInput input, Queue<RereadTask> open, HashSet<(string, int, long)> read)
    {
        Dictionary<Task<RereadTask?>, RereadTask> running = [];
        while ((open.Count > 0 || running.Count > 0) && context.CurrentUtcDateTime < input.Deadline)
        {
            while (open.Count > 0 && running.Count < RereadsAtOnce)
            {
                RereadTask next = open.Dequeue();
                running.Add(context.CallActivityAsync<RereadTask?>(nameof(RereadRange), next, Retries.Few), next);
            }

            Task<RereadTask?> done = await Task.WhenAny(running.Keys);
            running.Remove(done, out RereadTask? task);
            try
            {
                RereadTask? rest = await done;
                if (rest is not { Fruitless: > 0 })
                {
                    read.Add(Place(task!));
                }

                if (rest is { Fruitless: < FruitlessAtMost })
                {
                    open.Enqueue(rest);
                }
            }
            catch (TaskFailedException)
            {
                // Unless a later round can read it, its records stay unseen: the verdict says so.
            }
        }

        await Task.WhenAll(running.Keys.Select(IgnoreFailureAsync));
    }

    private static async Task IgnoreFailureAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (TaskFailedException)
        {
            // As above.
        }
    }
}
