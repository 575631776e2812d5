using Marathon.Cli.Kafka;

namespace Marathon.Cli.Tests.Kafka;

public sealed class JavaRuntimeTests
{
    [Theory]
    [InlineData("openjdk version \"17.0.15\" 2025-04-15", 17, "17.0.15")]
    [InlineData("java version \"1.8.0_402\"", 8, "1.8.0_402")]
    [InlineData("Picked up JAVA_TOOL_OPTIONS: -Dx\nopenjdk version \"25\" 2025-09-16", 25, "25")]
    public void Parse_VersionLine_FindsMajor(string text, int major, string version) =>
        Assert.Equal(new JavaRuntime("java", major, version), JavaRuntime.Parse("java", text));

    [Fact]
    public void Parse_SomethingElse_IsNull() => Assert.Null(JavaRuntime.Parse("java", "no java here"));
}
