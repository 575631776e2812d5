using Marathon.Runs;

namespace Marathon.Tests.Runs;

public sealed class LieSpecTests
{
    [Theory]
    [InlineData("duplicate", "duplicate")]
    [InlineData("corrupt:rate=0.001", "corrupt:rate=0.001")]
    [InlineData(" corrupt : rate = 0.001 , seed=7 ", "corrupt:rate=0.001,seed=7")]
    [InlineData("reorder:note=a=b", "reorder:note=a=b")]
    [InlineData("reorder:rate=", "reorder:rate=")]
    public void Parse_KindAndOptions_AreReadAndWritten(string text, string canonical)
    {
        LieSpec lie = LieSpec.Parse(text);
        Assert.Equal(canonical, lie.ToString());
        Assert.Equal(lie.Options, LieSpec.Parse(canonical).Options);
    }

    [Theory]
    [InlineData("", "the kind is missing")]
    [InlineData(":rate=1", "the kind is missing")]
    [InlineData("corrupt:", "'' is not key=value")]
    [InlineData("corrupt:rate", "'rate' is not key=value")]
    [InlineData("corrupt:=1", "'=1' is not key=value")]
    [InlineData("corrupt:rate=1,,", "'' is not key=value")]
    [InlineData("corrupt:rate=1,rate=2", "'rate' is given twice")]
    public void Parse_AnythingElse_NamesThePart(string text, string problem) =>
        Assert.EndsWith(problem, Assert.Throws<FormatException>(() => LieSpec.Parse(text)).Message, StringComparison.Ordinal);
}
