using Marathon.Configuration;
using Marathon.Workers.Load;

namespace Marathon.Tests.Configuration;

public sealed class EnumTextTests
{
    [Fact]
    public void Names_AreKebabCase() =>
        Assert.Equal(["at-most-once", "at-least-once", "idempotent", "exactly-once"], EnumText.Names(typeof(Guarantee)));

    [Theory]
    [InlineData("exactly-once")]
    [InlineData("EXACTLY-ONCE")]
    public void TryParse_Name_IsReadInAnyCase(string name)
    {
        Assert.True(EnumText.TryParse(typeof(Guarantee), name, out object? value));
        Assert.Equal(Guarantee.ExactlyOnce, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("ExactlyOnce")]
    [InlineData("exactly once")]
    public void TryParse_AnythingElse_IsRefused(string name) => Assert.False(EnumText.TryParse(typeof(Guarantee), name, out _));

    [Fact]
    public void Name_IsReadBackForEveryValue() => Assert.All(Enum.GetValues<Guarantee>(), value =>
    {
        Assert.True(EnumText.TryParse(typeof(Guarantee), EnumText.Name(value), out object? back));
        Assert.Equal(value, back);
    });
}
