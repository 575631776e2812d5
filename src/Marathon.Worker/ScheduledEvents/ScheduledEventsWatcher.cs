using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Marathon.Worker.ScheduledEvents;

/// <summary>
/// Tells a machine what is about to be done to it. The platform tells all machines of a group of the events of each, so
/// those of others are left out. It goes on with an event as soon as it was acknowledged: acknowledge only what must no
/// longer wait, after the checkpoint is stored.
/// </summary>
public sealed class ScheduledEventsWatcher(
    HttpClient http, ScheduledEventsOptions options, TimeProvider time, ILogger<ScheduledEventsWatcher> logger)
{
    private const int MaxAnswerBytes = 1 << 20;

    private readonly Uri events = new(options.BaseAddress, "metadata/scheduledevents?api-version=2020-07-01");
    private readonly Uri name = new(options.BaseAddress, "metadata/instance/compute/name?api-version=2021-02-01&format=text");

    /// <summary>A client as the metadata service wants it: without a proxy.</summary>
    public static HttpClient CreateClient() => new(new SocketsHttpHandler { UseProxy = false })
    {
        MaxResponseContentBufferSize = MaxAnswerBytes,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>
    /// Every event that concerns this machine, once, as soon as it is seen. Goes on until it is cancelled; a service that does
    /// not answer is logged and asked again.
    /// </summary>
    public async IAsyncEnumerable<MachineNotice> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? machine = options.MachineName;
        HashSet<string> seen = [];
        TimeSpan pause = options.Interval;
        while (true)
        {
            List<MachineNotice> notices = [];
            try
            {
                machine ??= await AskAsync(name, (content, token) => content.ReadAsStringAsync(token), cancellationToken);
                notices = Read(await AskAsync(events, (content, token) => content.ReadFromJsonAsync<JsonElement>(token), cancellationToken), machine.Trim());
                pause = options.Interval;
            }
            catch (Exception failure) when (IsOfTheService(failure, cancellationToken))
            {
                logger.ScheduledEventsFailed(failure.Message);
                pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, Math.Max(options.Interval.Ticks, TimeSpan.FromSeconds(10).Ticks)));
            }
            foreach (MachineNotice notice in notices.Where(notice => seen.Add(notice.EventId)))
            {
                logger.ScheduledEvent(notice.Kind, notice.EventId, notice.NotBefore);
                yield return notice;
            }
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    /// <summary>
    /// Lets the platform go on without waiting for <see cref="MachineNotice.NotBefore"/>. Call it once the checkpoint is
    /// stored. An event that has begun meanwhile is fine.
    /// </summary>
    public async Task AcknowledgeAsync(MachineNotice notice, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = Limit(cancellationToken);
        using HttpRequestMessage request = Request(HttpMethod.Post, events);
        request.Content = JsonContent.Create(new { StartRequests = new[] { new { notice.EventId } } }, options: JsonSerializerOptions.Default);
        using HttpResponseMessage response = await http.SendAsync(request, limit.Token);
        if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound)
            logger.ScheduledEventGone(notice.EventId, response.StatusCode);
        else
            response.EnsureSuccessStatusCode();
    }

    private async Task<T> AskAsync<T>(Uri url, Func<HttpContent, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = Limit(cancellationToken);
        using HttpRequestMessage request = Request(HttpMethod.Get, url);
        using HttpResponseMessage response = await http.SendAsync(request, limit.Token);
        response.EnsureSuccessStatusCode();
        return await read(response.Content, limit.Token);
    }

    private CancellationTokenSource Limit(CancellationToken cancellationToken)
    {
        CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout);
        return limit;
    }

    private static HttpRequestMessage Request(HttpMethod method, Uri url) => new(method, url) { Headers = { { "Metadata", "true" } } };

    private static bool IsOfTheService(Exception failure, CancellationToken cancellationToken) =>
        failure is HttpRequestException or JsonException or NotSupportedException ||
        (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private List<MachineNotice> Read(JsonElement document, string machine)
    {
        if (document.ValueKind != JsonValueKind.Object || !document.TryGetProperty("Events", out JsonElement list) || list.ValueKind != JsonValueKind.Array)
            throw new JsonException("the answer holds no Events");
        List<MachineNotice> notices = [];
        foreach (JsonElement one in list.EnumerateArray())
        {
            if (one.ValueKind != JsonValueKind.Object || !Concerns(one, machine)) continue;
            string? type = Text(one, "EventType");
            if (Text(one, "EventId") is { Length: > 0 } id && Enum.TryParse(type, ignoreCase: true, out MachineNoticeKind kind) && Enum.IsDefined(kind))
                notices.Add(new MachineNotice(id, kind, NotBefore(Text(one, "NotBefore")), Text(one, "Description") ?? ""));
            else
                logger.ScheduledEventUnknown(type);
        }
        return notices;
    }

    private static bool Concerns(JsonElement one, string machine) =>
        one.TryGetProperty("Resources", out JsonElement resources) && resources.ValueKind == JsonValueKind.Array &&
        resources.EnumerateArray().Any(resource =>
            resource.ValueKind == JsonValueKind.String && string.Equals(resource.GetString(), machine, StringComparison.OrdinalIgnoreCase));

    private static string? Text(JsonElement one, string property) =>
        one.TryGetProperty(property, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset? NotBefore(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at) ? at : null;
}
