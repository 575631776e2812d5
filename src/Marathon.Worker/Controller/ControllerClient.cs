using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Marathon.Worker.Telemetry;
using Marathon.Workers;

namespace Marathon.Worker.Controller;

/// <summary>Speaks to the controller, once per call: whoever calls decides whether to call again.</summary>
public sealed class ControllerClient : IDisposable
{
    private const int MaximumAnswerBytes = 1 << 20;
    private readonly HttpClient _http;
    private readonly string _run, _worker;
    private readonly int _epoch;
    private readonly TimeSpan _patience;

    public ControllerClient(WorkerArguments arguments)
    {
        _run = $"api/runs/{Uri.EscapeDataString(arguments.Run)}";
        _worker = Uri.EscapeDataString(arguments.Worker);
        _epoch = arguments.Epoch;
        var half = arguments.Lease / 2;
        _patience = half < TimeSpan.FromSeconds(10) ? half : TimeSpan.FromSeconds(10);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(3),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            UseProxy = false,
        };
        _http = new HttpClient(handler)
        {
            BaseAddress = new Uri(arguments.Controller.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MaximumAnswerBytes,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(WorkerProtocol.TokenScheme, arguments.Token);
    }

    /// <summary>Joins the run, or changes what was said before.</summary>
    public Task<Reply<object>> RegisterAsync(Registration registration, CancellationToken cancellationToken) =>
        SendAsync<object>(HttpMethod.Put, $"{_run}/workers/{_worker}/registration", Json(registration, WorkerJson.Default.Registration), null, cancellationToken);

    /// <summary>Says how the worker fares; the answer renews its lease.</summary>
    public Task<Reply<HeartbeatAnswer>> BeatAsync(Heartbeat heartbeat, CancellationToken cancellationToken) => SendAsync(
        HttpMethod.Put, $"{_run}/workers/{_worker}", Json(heartbeat, WorkerJson.Default.Heartbeat), WorkerJson.Default.HeartbeatAnswer, cancellationToken);

    /// <summary>Tells of a transition.</summary>
    public Task<Reply<object>> TellAsync(WorkerEventKind kind, WorkerEvent told, CancellationToken cancellationToken) =>
        SendAsync<object>(HttpMethod.Post, $"{_run}/events/{kind}", Json(told, WorkerJson.Default.WorkerEvent), null, cancellationToken);

    /// <summary>Hands over a checkpoint of the evidence.</summary>
    public Task<Reply<object>> StoreAsync(ReadOnlyMemory<byte> evidence, CancellationToken cancellationToken) =>
        SendAsync<object>(HttpMethod.Put, $"{_run}/evidence/{_worker}/{_epoch}", evidence, null, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<Reply<T>> SendAsync<T>(
        HttpMethod method, string path, ReadOnlyMemory<byte> body, JsonTypeInfo<T>? answer, CancellationToken cancellationToken)
        where T : class
    {
        using var activity = WorkerTelemetry.Source.StartActivity($"{method} {path}");
        using var request = new HttpRequestMessage(method, path) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_patience);
        try
        {
            using var response = await _http.SendAsync(request, patience.Token);
            var content = await response.Content.ReadAsByteArrayAsync(patience.Token);
            return response.IsSuccessStatusCode
                ? new Reply<T>(ReplyKind.Accepted, answer is null || content.Length == 0 ? null : JsonSerializer.Deserialize(content, answer), "")
                : new Reply<T>(KindOf(response), null, $"{(int)response.StatusCode} {Shortened(content)}");
        }
        catch (HttpRequestException failure)
        {
            return new Reply<T>(ReplyKind.Unanswered, null, failure.Message);
        }
        catch (JsonException failure)
        {
            return new Reply<T>(ReplyKind.Unanswered, null, $"the answer cannot be read: {failure.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Reply<T>(ReplyKind.Unanswered, null, $"no answer within {_patience.TotalSeconds:0.#} s");
        }
    }

    private static ReplyKind KindOf(HttpResponseMessage response) => response.StatusCode switch
    {
        // Too many at once, where waiting helps; too many in all has no Retry-After.
        HttpStatusCode.TooManyRequests when response.Headers.RetryAfter is not null => ReplyKind.Unanswered,
        HttpStatusCode.Gone => ReplyKind.Replaced,
        HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => ReplyKind.Unanswered,
        _ => ReplyKind.Refused,
    };

    private static byte[] Json<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);

    private static string Shortened(byte[] content) => System.Text.Encoding.UTF8.GetString(content.AsSpan(0, Math.Min(content.Length, 500)));
}
