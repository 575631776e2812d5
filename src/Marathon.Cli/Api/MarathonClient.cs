using System.Net;
using System.Text.Json;
using Marathon.Configuration;
using Marathon.Controller.Http;
using Marathon.Controller.Storage;
using Marathon.Runs;

namespace Marathon.Cli.Api;

/// <summary>The operators' side of the HTTP API.</summary>
internal sealed class MarathonClient : IRunDirectory
{
    private readonly HttpClient http;

    /// <param name="controller">Base address.</param>
    /// <param name="key">The operator key; null where none is asked for.</param>
    public MarathonClient(Uri controller, string? key)
    {
        http = new HttpClient(new SocketsHttpHandler { UseProxy = !controller.IsLoopback, AllowAutoRedirect = false }) { BaseAddress = controller, Timeout = TimeSpan.FromSeconds(60) };
        if (key is not null)
        {
            http.DefaultRequestHeaders.Add(Secret.OperatorKeyHeader, key);
        }
    }

    /// <summary>Starts a run; its id.</summary>
    /// <exception cref="SpecException">The controller refused the spec.</exception>
    public async Task<string> StartAsync(RunSpec spec, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Post, "api/runs", spec, cancellationToken);
        using JsonDocument body = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(cancellationToken));
        return body.RootElement.GetProperty("id").GetString()!;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RunSummary>> ListAsync(CancellationToken cancellationToken) =>
        await GetAsync<List<RunSummary>>("api/runs", cancellationToken);

    /// <inheritdoc/>
    public async Task<RunSummary?> FindAsync(string runId, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync<RunSummary>($"api/runs/{Uri.EscapeDataString(runId)}", cancellationToken);
        }
        catch (ApiProblemException e) when (e.Status == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<byte[]?> FindReportAsync(string runId, string format, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage answer = await SendAsync(HttpMethod.Get, $"api/runs/{Uri.EscapeDataString(runId)}/report?format={format}", null, cancellationToken);
            return await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        }
        catch (ApiProblemException e) when (e.Status == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>interrupt, pause, resume, throughput, or an action of the loop.</summary>
    /// <exception cref="ApiProblemException">It was refused.</exception>
    public async Task PostAsync(string path, object? body, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Post, path, body, cancellationToken)).Dispose();

    /// <summary>Any route; the answer's body as text.</summary>
    /// <exception cref="ApiProblemException">It was refused.</exception>
    public async Task<string> CallAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await SendAsync(method, path, body, cancellationToken);
        return await answer.Content.ReadAsStringAsync(cancellationToken);
    }

    public void Dispose() => http.Dispose();

    private async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Get, path, null, cancellationToken);
        return await answer.Content.ReadFromJsonAsync<T>(ApiJson.Options, cancellationToken)
            ?? throw new HttpRequestException($"the controller answered null to {path}");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(method, new Uri(path, UriKind.Relative))
        {
            Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: ControllerJson.Options),
        };
        HttpResponseMessage answer = await http.SendAsync(request, cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            throw await ProblemOf.ReadAsync(answer, cancellationToken);
        }
    }
}
