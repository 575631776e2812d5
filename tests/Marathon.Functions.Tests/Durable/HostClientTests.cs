using System.Text.Json;
using Marathon.Durable;
using Marathon.Functions.Durable;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SdkClient = Microsoft.DurableTask.Client;

namespace Marathon.Functions.Tests.Durable;

public sealed class HostClientTests
{
    [Fact]
    public async Task Bound_ReachesTheExtension_WhereTheHostSaysItListens()
    {
        await using SdkGoldenHost extension = new();
        await extension.StartAsync(new DurableTaskRegistry().AddOrchestratorFunc<string, string>("Greet", (_, name) => Task.FromResult($"Hello, {name}")), null);
        await using HostClient host = NewClient();
        DurableClientAdapter client = new("marathon", () => host.Client);

        host.Bind(Told(extension.Address));

        string id = await client.ScheduleNewOrchestrationInstanceAsync("Greet", "Ada");
        OrchestrationMetadata ended = await extension.UntilAsync(client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true));
        Assert.Equal("Hello, Ada", ended.ReadOutputAs<string>());
    }

    [Fact]
    public async Task SameAddress_KeepsTheClient_AndAnotherReplacesIt()
    {
        await using HostClient host = NewClient();
        host.Bind(Told(new Uri("http://127.0.0.1:4001")));
        SdkClient.DurableTaskClient first = host.Client;

        host.Bind(Told(new Uri("http://127.0.0.1:4001")));
        Assert.Same(first, host.Client);
        host.Bind(Told(new Uri("http://127.0.0.1:4002")));
        Assert.NotSame(first, host.Client);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("""{"taskHubName":"marathon"}""")]
    [InlineData("""{"rpcBaseUrl":"nowhere"}""")]
    public async Task NoAddress_IsRefused(string? told)
    {
        await using HostClient host = NewClient();
        Assert.Contains("does not say", Assert.Throws<InvalidOperationException>(() => host.Bind(told)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BeforeAnyInvocation_SaysSo()
    {
        await using HostClient host = NewClient();
        Assert.Contains("first invocation", Assert.Throws<InvalidOperationException>(() => host.Client).Message, StringComparison.Ordinal);
    }

    private static HostClient NewClient() => new(Options.Create(new SdkClient.DurableTaskClientOptions()), NullLogger<HostClient>.Instance);

    // As the extension writes it.
    private static string Told(Uri address) => JsonSerializer.Serialize(new
    {
        rpcBaseUrl = address,
        taskHubName = "marathon",
        connectionName = "AzureWebJobsStorage",
        requiredQueryStringParameters = "code=secret",
        httpBaseUrl = "http://localhost:7071/runtime/webhooks/durabletask",
        maxGrpcMessageSizeInBytes = int.MaxValue,
        grpcHttpClientTimeout = "\"00:01:40\"",
    });
}
