using Marathon.Reports;
using Marathon.Reports.Rendering;

namespace Marathon.Tests.Reports.Rendering;

public sealed class ReadableTests
{
    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(0.0123, "12.3 ms")]
    [InlineData(0.9999, "1,000 ms")]
    [InlineData(12.44, "12.4 s")]
    [InlineData(59.97, "1 min")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(3_600, "1 h")]
    [InlineData(187_200, "2 d 4 h")]
    public void Duration_IsInItsTwoLargestUnits(double seconds, string text) => Assert.Contains(
        $"at +{text},",
        TextReport.Render(SampleReports.Pass with { Faults = [new FaultReport("kill", "b", "leader", SampleReports.At(seconds), SampleReports.At(seconds), null, null)] }),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(0.0004, "4e-4")]
    [InlineData(0.12345, "0.123")]
    [InlineData(3.456, "3.46")]
    [InlineData(45.67, "45.7")]
    [InlineData(12_345.6, "12,346")]
    public void Number_HasAboutThreeDigits(double value, string text) => Assert.Contains(
        $"observed {text},", TextReport.Render(SampleReports.Pass with { Assertions = [new AssertionReport("a", "pass", "error", value, 1, "s")] }), StringComparison.Ordinal);
}
