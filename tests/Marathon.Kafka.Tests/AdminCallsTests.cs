using Marathon.Kafka.Admin;

namespace Marathon.Kafka.Tests;

public sealed class AdminCallsTests
{
    private readonly AdminCalls calls = new("127.0.0.1:1", TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50), TimeProvider.System);

    [Fact]
    public async Task CallAsync_ClientDestroyedItsHandle_IsUnreachable()
    {
        ClusterUnreachableException error = await Assert.ThrowsAsync<ClusterUnreachableException>(
            () => calls.CallAsync<int>("ask", () => throw new ObjectDisposedException(null, "handle is destroyed"), null, default));

        Assert.Contains("handle is destroyed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallAsync_ClientNeverAnswers_IsUnreachable() =>
        await Assert.ThrowsAsync<ClusterUnreachableException>(
            () => calls.CallAsync("ask", () => new TaskCompletionSource<int>().Task, null, default));
}
