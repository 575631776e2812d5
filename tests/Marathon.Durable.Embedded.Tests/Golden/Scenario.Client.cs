using System.Text.Json.Nodes;

namespace Marathon.Durable.Embedded.Tests.Golden;

public sealed partial class Scenario
{
    private static readonly TimeSpan s_settle = TimeSpan.FromMilliseconds(200);

    public async Task HostAsync()
    {
        if (_isStarted)
            return;
        _isStarted = true;
        await host.StartAsync(Registry, MaximumTimerInterval);
    }

    public async Task StartAsync(object? input = null, string id = "i1", string name = "O", StartOrchestrationOptions? options = null)
    {
        await HostAsync();
        await Client.ScheduleNewOrchestrationInstanceAsync(name, input, options ?? new StartOrchestrationOptions(id));
    }

    /// <summary>Starts an instance and lets it reach its wait.</summary>
    public async Task StartAndSettleAsync(object? input = null, string id = "i1", string name = "O")
    {
        await StartAsync(input, id, name);
        await SettleAsync();
    }

    public Task SettleAsync() => host.PassAsync(s_settle);

    public Task PassAsync(int milliseconds) => host.PassAsync(TimeSpan.FromMilliseconds(milliseconds));

    public async Task RaiseAsync(string name, object? payload = null, string id = "i1")
    {
        await Client.RaiseEventAsync(id, name, payload);
        await host.PassAsync(TimeSpan.Zero);
    }

    public async Task SuspendAsync(string id = "i1")
    {
        await Client.SuspendInstanceAsync(id);
        await SettleAsync();
    }

    public Task ResumeAsync(string id = "i1") => Client.ResumeInstanceAsync(id);

    /// <summary>Waits for the end of an instance; its state becomes the top level of what is observed.</summary>
    public async Task FinishAsync(string id = "i1")
    {
        foreach ((string member, JsonNode? value) in await EndAsync(id))
            _actual[member] = value?.DeepClone();
    }

    /// <summary>Starts the orchestrator and waits for its end.</summary>
    public async Task PlayAsync(object? input = null)
    {
        await StartAsync(input);
        await FinishAsync();
    }

    public async Task<JsonObject> EndAsync(string id = "i1") =>
        Describe(await host.UntilAsync(Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true)));

    public async Task<JsonObject> StateAsync(string id = "i1") => Describe(await Client.GetInstanceAsync(id, getInputsAndOutputs: true));

    public async Task<string> StatusAsync(string id = "i1") => (await Client.GetInstanceAsync(id))?.RuntimeStatus.ToString() ?? "(absent)";

    /// <summary>The current state becomes the top level of what is observed.</summary>
    public async Task ReadAsync(string id = "i1")
    {
        foreach ((string member, JsonNode? value) in await StateAsync(id))
            _actual[member] = value?.DeepClone();
    }

    /// <summary>Lets the time pass that the task needs.</summary>
    public Task<T> UntilAsync<T>(Task<T> task) => host.UntilAsync(task);
}
