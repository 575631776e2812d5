using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Marathon.Workers;
using Marathon.Workers.Commands;
using Marathon.Workers.Load;

namespace Marathon.Worker.Tests;

/// <summary>A real worker process.</summary>
internal sealed class WorkerUnderTest : IAsyncDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private readonly Process _process;
    private readonly FakeController _controller;

    private WorkerUnderTest(Process process, FakeController controller, string data, int epoch) =>
        (_process, _controller, Data, Epoch) = (process, controller, data, epoch);

    public string Data { get; }

    public int Epoch { get; }

    public int Pid => _process.Id;

    public bool HasExited => _process.HasExited;

    public string LogPath => Path.Combine(Data, "runs", "run-1", "logs", $"w0-{Epoch}.log");

    public string Log => File.Exists(LogPath) ? File.ReadAllText(LogPath) : "(no log)";

    public string OutboxPath => Path.Combine(Data, "runs", "run-1", "evidence-outbox", $"w0-{Epoch}.json");

    public Uri Address => _controller.Registrations.Last(registration => registration.Epoch == Epoch).Node.BaseUri;

    public static async Task<WorkerUnderTest> StartAsync(FakeController controller, int epoch = 1, string lease = "60s", IReadOnlyList<string>? more = null, params (string Name, string Value)[] environment)
    {
        var data = Directory.CreateTempSubdirectory("marathon-worker-").FullName;
        var process = Launch(
            ["--run", "run-1", "--data", data, "--worker", "w0", "--epoch", $"{epoch}", "--controller", controller.Address.ToString(), "--lease-timeout", lease, .. more ?? []],
            FakeController.Token,
            environment);
        var worker = new WorkerUnderTest(process, controller, data, epoch);
        await worker.Until(() => process.HasExited || controller.Heartbeats.Any(beat => beat.Epoch == epoch), "the worker beats");
        return worker;
    }

    public static Process Launch(IEnumerable<string> arguments, string? token, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Marathon.Worker"), arguments) { RedirectStandardError = true };
        start.Environment.Remove(WorkerProtocol.TokenVariable);
        if (token is not null)
            start.Environment[WorkerProtocol.TokenVariable] = token;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public Task Until(Func<bool> condition, string what) => Eventually.Holds(condition, what, () => Log);

    /// <summary>Sends a command as the controller does.</summary>
    public async Task<HttpResponseMessage> PostAsync(
        string command, string? json = null, string? id = null, string? token = FakeController.Token, string? traceParent = null, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, WorkerProtocol.CommandsPath + command));
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue(WorkerProtocol.TokenScheme, token);
        request.Headers.Add(WorkerProtocol.CommandIdHeader, id ?? Guid.NewGuid().ToString());
        if (traceParent is not null)
            request.Headers.Add("traceparent", traceParent);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, contentType);
        return await _http.SendAsync(request);
    }

    /// <summary>A command that must succeed.</summary>
    public async Task<CommandAnswer> DoAsync(string command, string? json = null, string? id = null, string? traceParent = null)
    {
        using var response = await PostAsync(command, json, id, traceParent: traceParent);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{command}: {(int)response.StatusCode} {text}\n{Log}");
        return JsonSerializer.Deserialize(text, WorkerJson.Default.CommandAnswer)!;
    }

    /// <summary>A notice of preemption as a fault tool gives it: the token and nothing else.</summary>
    public async Task<HttpResponseMessage> PreemptAsync(string? token = FakeController.Token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, WorkerProtocol.PreemptPath));
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue(WorkerProtocol.TokenScheme, token);
        return await _http.SendAsync(request);
    }

    public Task<CommandAnswer> InitialiseAsync(LoadSpec spec, string? id = null) =>
        DoAsync("initialise", JsonSerializer.Serialize(spec, WorkerJson.Default.LoadSpec), id);

    public async Task<HttpResponseMessage> HealthAsync() => await _http.GetAsync(new Uri(Address, "/healthz"));

    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{Pid}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end; the exit code.</summary>
    public async Task<int> ExitAsync()
    {
        await Until(() => _process.HasExited, "the worker ends");
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
        Directory.Delete(Data, recursive: true);
    }
}
