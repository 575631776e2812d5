using Marathon.Reports;

namespace Marathon.Tests.Reports;

public sealed class RunTimelineTests
{
    [Fact]
    public void Of_ChangesOfLeaders_StandBetweenTheFaultAndItsEnd()
    {
        string[] told = [.. RunTimeline.Of(SampleReports.Pass).Select(entry => entry.What).Where(what => what.StartsWith("fault", StringComparison.Ordinal) || what.StartsWith("partition", StringComparison.Ordinal))];

        Assert.Equal(
            [
                "fault: kill of broker 2, as leader",
                "partition 0 of marathon-run-7h2k9 has no leader, before by broker 2; in sync: none",
                "partition 0 of marathon-run-7h2k9 is led by broker 3, before by none; in sync: 1, 3",
                "fault healed: kill of broker 2",
                "partition 0 of marathon-run-7h2k9 is led by broker 2, before by broker 3; in sync: 1, 2, 3",
            ],
            told);
    }
}
