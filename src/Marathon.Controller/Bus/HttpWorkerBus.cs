using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;
using Marathon.Configuration;
using Marathon.Controller.Runs;
using Marathon.Controller.Workers;
using Marathon.Workers;
using Marathon.Workers.Commands;
using Microsoft.Extensions.Logging;

namespace Marathon.Controller.Bus;

/// <summary>Commands over HTTP: <c>POST {node}/commands/{name}</c> with the run's token and the command's id.</summary>
public sealed class HttpWorkerBus(HttpClient http, IRunStore runs, TimeProvider time, ILogger<HttpWorkerBus> logger) : IWorkerBus
{
    private const int ErrorTextLimit = 500;
    private static readonly string[] ProblemParts = ["title", "detail"];

    /// <inheritdoc/>
    public async Task<CommandOutcome> SendAsync(
        string runId, RegisteredWorker to, WorkerMessage message, TimeSpan within, CancellationToken cancellationToken)
    {
        string command = EnumText.Name(message.Command);
        using Activity? span = ControllerTelemetry.Source.StartActivity($"command {command}", ActivityKind.Client);
        span?.SetTag("marathon.run.id", runId).SetTag("marathon.worker.id", to.Worker).SetTag("marathon.worker.epoch", to.Registration.Epoch);
        long started = time.GetTimestamp();
        CommandOutcome outcome = await TrySendAsync(runId, to, message, within, cancellationToken);
        ControllerTelemetry.CommandSent(command, outcome.Acknowledged, time.GetElapsedTime(started));
        if (!outcome.Acknowledged)
        {
            span?.SetStatus(ActivityStatusCode.Error, outcome.Error);
            logger.CommandUnanswered(to.Worker, to.Registration.Epoch, command, outcome.Error ?? "");
        }

        return outcome;
    }

    private async Task<CommandOutcome> TrySendAsync(
        string runId, RegisteredWorker to, WorkerMessage message, TimeSpan within, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(within);
        CommandOutcome NotDone(string error, bool refused = false) => new(to.Worker, to.Registration.Epoch, null, error, refused);
        try
        {
            using HttpRequestMessage request = await RequestAsync(runId, to.Registration.Node, message, cancellationToken);
            using HttpResponseMessage response = await http.SendAsync(request, limit.Token);
            string text = await response.Content.ReadAsStringAsync(limit.Token);
            if (response.IsSuccessStatusCode)
            {
                CommandAnswer? answer = JsonSerializer.Deserialize(text, WorkerJson.Default.CommandAnswer);
                return answer is null ? NotDone("its answer is empty") : new CommandOutcome(to.Worker, to.Registration.Epoch, answer);
            }

            bool refused = response.StatusCode is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests)
                && (int)response.StatusCode < 500;
            return NotDone($"it answered {(int)response.StatusCode}: {Explain(text)}", refused);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return NotDone($"no answer within {within.TotalSeconds:0.#} s");
        }
        catch (HttpRequestException error)
        {
            return NotDone(error.InnerException is AuthenticationException ? $"its certificate is not the one that it registered with: {error.Message}" : error.Message);
        }
        catch (JsonException error)
        {
            return NotDone($"its answer is not understood: {error.Message}", refused: true);
        }
    }

    private async Task<HttpRequestMessage> RequestAsync(string runId, Node node, WorkerMessage message, CancellationToken cancellationToken)
    {
        string token = await runs.GetTokenAsync(runId, cancellationToken);
        HttpRequestMessage request = new(HttpMethod.Post, new Uri(node.BaseUri, WorkerProtocol.CommandsPath + EnumText.Name(message.Command)));
        WorkerHttpClient.Pin(request, node);
        request.Headers.Authorization = new AuthenticationHeaderValue(WorkerProtocol.TokenScheme, token);
        request.Headers.Add(WorkerProtocol.CommandIdHeader, message.CommandId);
        if (message.Body is { } body)
        {
            request.Content = new StringContent(body.GetRawText(), Encoding.UTF8, "application/json");
        }

        return request;
    }

    // A problem document's title and detail, else the beginning of whatever it is.
    private static string Explain(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                IEnumerable<string?> parts = ProblemParts
                    .Select(name => document.RootElement.TryGetProperty(name, out JsonElement part) && part.ValueKind == JsonValueKind.String ? part.GetString() : null);
                text = string.Join(": ", parts.Where(part => part is not null));
            }
        }
        catch (JsonException)
        {
            // Not a problem document: shown as it is.
        }

        return text.Length <= ErrorTextLimit ? text : text[..ErrorTextLimit];
    }
}
