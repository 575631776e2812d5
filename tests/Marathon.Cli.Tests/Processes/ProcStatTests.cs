using Marathon.Cli.Processes;

namespace Marathon.Cli.Tests.Processes;

public sealed class ProcStatTests
{
    private const string Rest = " 1 2 2 0 -1 4194304 101 0 0 0 7 0 0 0 20 0 1 0 236576 3133440 384";

    [Theory]
    [InlineData("18711 (cat) R")]
    [InlineData("18711 (a (b) c) R")]
    [InlineData("18711 (1 2 3) R 9) R")]
    public void Parse_AnyName_FindsStart(string begin) => Assert.Equal("boot:236576", ProcStat.Parse(begin + Rest, "boot")!.Start);

    [Theory]
    [InlineData('Z', true, false)]
    [InlineData('T', false, true)]
    [InlineData('S', false, false)]
    public void Parse_State_TellsEndedAndStopped(char state, bool zombie, bool stopped)
    {
        ProcStat stat = ProcStat.Parse($"7 (x) {state}{Rest}", "boot")!;
        Assert.Equal((zombie, stopped), (stat.IsZombie, stat.IsStopped));
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("7 (x) R 1 2")]
    public void Parse_CutShort_IsNull(string line) => Assert.Null(ProcStat.Parse(line, "boot"));
}
