using System.Text.Json;
using Marathon.Cli.Processes;
using Marathon.Cli.Terminal;
using Marathon.EndToEnd.Tests.Fixture;

namespace Marathon.EndToEnd.Tests;

/// <summary>The loop as its operators see it, with real runs under a controller that dies or is told to end.</summary>
public sealed class LoopTests : IDisposable
{
    private const string Short = "{scenario: tail-read, workers: 1, duration: 3s, config: {warmup: 0s, ratePerSecond: 200}, loop: {pause: 0s}}";
    private const string Long = "{scenario: tail-read, workers: 1, duration: 30m, config: {warmup: 0s, ratePerSecond: 200}, loop: {pause: 0s}}";
    private readonly Sandbox sandbox = new();

    [Fact]
    public async Task ControllerIsKilled_TheNextGoesOnWithTheSameRun_AndObeysItsOperators()
    {
        string first;
        using (RunningCommand up = await sandbox.UpAsync())
        {
            await SetAsync(Short, Long);
            await LoopAsync("start");
            first = await UntilRunAsync(1);
            up.Send(Signal.Kill);
            await up.EndAsync();
        }

        using RunningCommand next = await sandbox.UpAsync();
        string second = await UntilRunAsync(2);
        Assert.Equal([(first, 1, "finished")], await HistoryAsync());
        await UntilLoadingAsync(second);

        Assert.Contains("running already", (await sandbox.RunAsync("loop", "start")).Exits(ExitCode.BadInput).Error, StringComparison.Ordinal);
        await LoopAsync("pause");
        Assert.Contains("paused", (await sandbox.RunAsync("loop", "pause")).Exits(ExitCode.BadInput).Error, StringComparison.Ordinal);
        await LoopAsync("skip");
        await UntilAsync(loop => loop.GetProperty("history").GetArrayLength() == 2 && !HasRun(loop), "the run that was skipped has ended");
        Assert.Equal("paused", (await LoopAsync("status")).GetProperty("state").GetString());
        await LoopAsync("resume");
        await UntilRunAsync(1);
        await LoopAsync("stop");
        await UntilAsync(loop => loop.GetProperty("state").GetString() == "stopped", "the loop has stopped");

        Assert.Equal([(first, 1, "finished"), (second, 2, "interrupted")], (await HistoryAsync()).Take(2));
        next.Send(Signal.Terminate);
        (await next.EndAsync()).Exits(ExitCode.Pass);
        await sandbox.AssertNothingIsLeftAsync("loop.yaml");
    }

    [Fact]
    public async Task ControllerIsToldToEnd_TheRunIsReported_AndTheNextGoesOnWithTheNextRun()
    {
        string first;
        using (RunningCommand up = await sandbox.UpAsync())
        {
            await SetAsync(Long, Long);
            await LoopAsync("start");
            first = await UntilRunAsync(1);
            await UntilLoadingAsync(first);

            up.Send(Signal.Terminate);

            Assert.Contains(first, (await up.EndAsync()).Exits(ExitCode.Pass).Error, StringComparison.Ordinal);
            Assert.Contains("told to end", (await sandbox.RunAsync("report", first)).Exits(ExitCode.Pass).Out, StringComparison.Ordinal);
            Assert.Single(Directory.EnumerateDirectories(Path.Combine(sandbox.Data, "runs")));
            await sandbox.AssertNothingIsLeftAsync("loop.yaml");
        }

        using RunningCommand next = await sandbox.UpAsync();
        await UntilRunAsync(2);
        Assert.Equal([(first, 1, "interrupted")], await HistoryAsync());
        await LoopAsync("stop");
        await UntilAsync(loop => loop.GetProperty("state").GetString() == "stopped", "the loop has stopped");
        next.Send(Signal.Terminate);
        (await next.EndAsync()).Exits(ExitCode.Pass);
        await sandbox.AssertNothingIsLeftAsync("loop.yaml");
    }

    public void Dispose() => sandbox.Dispose();

    private static bool HasRun(JsonElement loop) => loop.TryGetProperty("runId", out JsonElement run) && run.ValueKind == JsonValueKind.String;

    private async Task SetAsync(params string[] entries)
    {
        await File.WriteAllLinesAsync(sandbox["loop.yaml"], entries.Select(e => "- " + e));
        await LoopAsync("set", sandbox["loop.yaml"]);
    }

    private async Task<JsonElement> LoopAsync(params string[] words) =>
        JsonSerializer.Deserialize<JsonElement>((await sandbox.RunAsync(["loop", .. words])).Exits(ExitCode.Pass).Out);

    private async Task<string> UntilRunAsync(int entry)
    {
        JsonElement loop = await UntilAsync(l => HasRun(l) && l.GetProperty("entry").GetInt32() == entry, $"entry {entry} runs");
        return loop.GetProperty("runId").GetString()!;
    }

    private async Task UntilLoadingAsync(string runId) => await Eventually.HoldsAsync(
        async () => (await sandbox.RunAsync("status", runId)).Out.Contains("loading", StringComparison.Ordinal), () => $"{runId} is loading");

    private async Task<JsonElement> UntilAsync(Func<JsonElement, bool> condition, string what)
    {
        JsonElement loop = default;
        await Eventually.HoldsAsync(async () => condition(loop = await LoopAsync("status")), () => $"{what}; the loop: {loop}");
        return loop;
    }

    private async Task<IEnumerable<(string RunId, int Entry, string Outcome)>> HistoryAsync() =>
        (await LoopAsync("status")).GetProperty("history").EnumerateArray()
            .Select(v => (v.GetProperty("runId").GetString()!, v.GetProperty("entry").GetInt32(), v.GetProperty("outcome").GetString()!));
}
