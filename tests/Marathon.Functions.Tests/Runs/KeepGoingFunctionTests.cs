using Marathon.Controller.Loop;
using Marathon.Durable;
using Marathon.Functions.Runs;
using Marathon.Functions.Tests.Durable;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marathon.Functions.Tests.Runs;

public sealed class KeepGoingFunctionTests
{
    [Fact]
    public async Task KeepLoop_BrokenLoop_StartsAgain_AndOneThatIsThereIsLeftAlone()
    {
        int starts = 0;
        await using SdkGoldenHost host = await HostAsync(context =>
            Interlocked.Increment(ref starts) == 1 ? throw new InvalidOperationException("broken") : context.WaitForExternalEvent<bool>("never"));
        await host.UntilAsync(host.Client.WaitForInstanceCompletionAsync(LoopOrchestrator.InstanceId));

        await KeepAsync(host);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.UntilAsync(host.Client.WaitForInstanceStartAsync(LoopOrchestrator.InstanceId))).RuntimeStatus);
        await KeepAsync(host);
        Assert.Equal(2, starts);
    }

    [Fact]
    public async Task KeepLoop_StoppedLoop_StaysStopped()
    {
        int starts = 0;
        await using SdkGoldenHost host = await HostAsync(_ =>
        {
            starts++;
            return Task.FromResult(true);
        });
        await host.UntilAsync(host.Client.WaitForInstanceCompletionAsync(LoopOrchestrator.InstanceId));

        await KeepAsync(host);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.Client.GetInstanceAsync(LoopOrchestrator.InstanceId))!.RuntimeStatus);
        Assert.Equal(1, starts);
    }

    private static Task KeepAsync(SdkGoldenHost host) => KeepGoingFunction.KeepLoopAsync(host.Client, NullLogger.Instance, default);

    private static async Task<SdkGoldenHost> HostAsync(Func<OrchestrationContext, Task<bool>> loop)
    {
        SdkGoldenHost host = new();
        await host.StartAsync(new DurableTaskRegistry().AddOrchestratorFunc<LoopPosition, bool>(nameof(LoopOrchestrator), (context, _) => loop(context)), null);
        await host.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(LoopOrchestrator), LoopPosition.Start, new StartOrchestrationOptions(LoopOrchestrator.InstanceId));
        return host;
    }
}
