using Marathon.Controller.Evidence;
using Marathon.Controller.Runs;
using Marathon.Controller.Topics;
using Marathon.Durable;
using Marathon.Verification;

namespace Marathon.Controller.Activities;

/// <summary>Reads a range again, or a part of it, and stores what it saw as evidence. Answers what is left to read.</summary>
public sealed class RereadRange(IRunStore runs, ClusterAccess clusters, IRangeRereader rereader, IEvidenceStore evidence) : Activity<RereadTask, RereadTask?>
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public override async Task<RereadTask?> RunAsync(ActivityContext context, RereadTask input)
    {
        RunRecord run = await runs.GetAsync(input.RunId, CancellationToken.None);
        TopicRecord topic = run.Topics.First(t => t.Attempt == input.Attempt && t.Name == input.Range.Topic);
        string reader = RunVerification.RereaderOf(input.Attempt, topic.Id, input.Range.Partition, input.Range.From);
        RangeReread reading = await rereader.ReadAsync(
            run, await clusters.OpenAsync(run, CancellationToken.None), topic.Id, input.Range, reader, Within, CancellationToken.None);
        if (reading.Withheld is { } withheld)
        {
            await runs.UpdateAsync(run.RunId, r => r.With(With(r.Topics.First(t => t.Attempt == topic.Attempt && t.Name == topic.Name), withheld)), CancellationToken.None);
        }

        if (reading.GoOnAt == input.Range.From)
        {
            // Stored, it would stand in the way of what the next reading from there sees.
            return input with { Fruitless = input.Fruitless + 1 };
        }

        WorkerEvidence read = reading.Evidence;
        await evidence.PutAsync(run.RunId, new StoredEvidence(read.Worker, read.Epoch, read.Number, EvidenceJson.Write(read)), CancellationToken.None);
        return reading.GoOnAt is { } from ? input with { Range = input.Range with { From = from }, Fruitless = 0 } : null;
    }

    private static TopicRecord With(TopicRecord topic, WithheldOffsets withheld)
    {
        WithheldOffsets? before = topic.Withheld.FirstOrDefault(w => w.Partition == withheld.Partition && w.From == withheld.From);
        return topic with { Withheld = [.. topic.Withheld.Where(w => w != before), before?.Again(withheld) ?? withheld] };
    }
}
