using System.Text;
using Marathon.Verification;

namespace Marathon.Tests.Verification;

public sealed class EvidenceMergeTests
{
    [Fact]
    public void Add_AnyOrderAndGrouping_GivesTheSame()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var evidence = Enumerable.Range(0, 12).Select(_ => Checkpoint($"w{random.Next(2)}", random.Next(1, 3), random.Next(1, 5))).ToArray();
            var expected = Text(Merged(evidence));

            random.Shuffle(evidence);
            var (left, right) = (Merged(evidence[..5]), Merged(evidence[5..]));
            left.Add(right);
            right.Add(Merged(evidence[..5]));
            left.Add(left.Find("w0", 1) ?? evidence[0]);
            left.Add(right);

            Assert.True(expected == Text(left) && expected == Text(right), $"seed {seed}");
        }
    }

    [Fact]
    public void Add_OlderNumber_IsIgnored_AndReplacedEpochsStillCount()
    {
        var merge = new EvidenceMerge();
        Assert.True(merge.Add(Checkpoint("w", 1, 7)));
        Assert.False(merge.Add(Checkpoint("w", 1, 6)));
        Assert.True(merge.Add(Checkpoint("w", 2, 1)));
        Assert.True(merge.Add(Checkpoint("w", 1, 8)));

        Assert.Equal([(1, 8L), (2, 1L)], merge.Checkpoints.Select(each => (each.Epoch, each.Number)));
    }

    private static EvidenceMerge Merged(IEnumerable<WorkerEvidence> evidence)
    {
        var merge = new EvidenceMerge();
        foreach (var each in evidence)
            merge.Add(each);

        return merge;
    }

    private static WorkerEvidence Checkpoint(string worker, int epoch, long number) => new()
    {
        Run = "r", Worker = worker, Epoch = epoch, Number = number, At = DateTimeOffset.UnixEpoch.AddSeconds(number),
    };

    private static string Text(EvidenceMerge merge) =>
        string.Concat(merge.Checkpoints.Select(evidence => Encoding.UTF8.GetString(EvidenceJson.Write(evidence))));
}
