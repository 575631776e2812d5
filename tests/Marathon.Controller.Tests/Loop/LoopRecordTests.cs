using Marathon.Controller.Loop;

namespace Marathon.Controller.Tests.Loop;

public sealed class LoopRecordTests
{
    [Fact]
    public void The_last_verdicts_are_kept_and_each_of_them_once()
    {
        LoopRecord record = LoopRecord.Empty;
        for (int run = 1; run <= LoopRecord.MaxHistory + 50; run++)
        {
            record = record.With(Verdict(run)).With(Verdict(run));
        }

        Assert.Equal(Enumerable.Range(51, LoopRecord.MaxHistory).Select(run => $"run-{run}"), record.History.Select(v => v.RunId));
    }

    private static LoopVerdict Verdict(int run) => new($"run-{run}", 1, "tail-read", default, default, "pass", "finished", "");
}
