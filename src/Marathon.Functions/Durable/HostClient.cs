using System.Text.Json;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Grpc;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marathon.Functions.Durable;

/// <summary>
/// The client of the host's Durable extension, whatever backend it keeps orchestrations in. The extension listens on loopback, at an
/// address that the host tells with each invocation and that stays the same while the host lives.
/// </summary>
internal sealed class HostClient(IOptions<DurableTaskClientOptions> options, ILogger<HostClient> logger) : IAsyncDisposable
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    // The listener may be a moment behind the first invocations.
    private static readonly ServiceConfig s_service = new()
    {
        MethodConfigs =
        {
            new MethodConfig
            {
                Names = { MethodName.Default },
                RetryPolicy = new RetryPolicy
                {
                    MaxAttempts = 5,
                    InitialBackoff = TimeSpan.FromSeconds(1),
                    MaxBackoff = TimeSpan.FromSeconds(5),
                    BackoffMultiplier = 1.5,
                    RetryableStatusCodes = { StatusCode.Unavailable, StatusCode.ResourceExhausted },
                },
            },
        },
    };

    private readonly Lock binding = new();
    private readonly List<IAsyncDisposable> used = [];
    private volatile Bound? bound;

    /// <summary>The client.</summary>
    /// <exception cref="InvalidOperationException">No invocation has begun so far.</exception>
    public DurableTaskClient Client =>
        bound?.Client ?? throw new InvalidOperationException("The Functions host has not said yet where its Durable extension listens: it does so with the first invocation");

    /// <summary>Takes what the host tells of the extension: the value of a binding of type durableClient.</summary>
    public void Bind(string? told)
    {
        if (bound?.Told == told && told is not null)
        {
            return;
        }

        lock (binding)
        {
            if (bound?.Told == told && told is not null)
            {
                return;
            }

            Listener listener = Parse(told);
            HttpClient http = new(new SocketsHttpHandler { EnableMultipleHttp2Connections = true }) { Timeout = Timeout.InfiniteTimeSpan };
            AddHeader(http, "Durable-TaskHub", listener.TaskHubName);
            AddHeader(http, "Durable-ConnectionName", listener.ConnectionName);
            GrpcChannel channel = GrpcChannel.ForAddress(listener.RpcBaseUrl!, new GrpcChannelOptions
            {
                HttpClient = http,
                DisposeHttpClient = true,
                MaxReceiveMessageSize = listener.MaxGrpcMessageSizeInBytes,
                ServiceConfig = s_service,
            });
            GrpcDurableTaskClientOptions settings = new() { Channel = channel, DataConverter = options.Value.DataConverter };
            GrpcDurableTaskClient client = new(listener.TaskHubName ?? "", settings, logger);
            used.Add(client);
            used.Add(new Closing(channel));
            bound = new Bound(told!, client);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Those that an address was replaced under may still be in use until now.
        foreach (IAsyncDisposable part in used)
        {
            await part.DisposeAsync();
        }
    }

    private static void AddHeader(HttpClient http, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            http.DefaultRequestHeaders.Add(name, value);
        }
    }

    private static Listener Parse(string? told)
    {
        Listener? listener = string.IsNullOrEmpty(told) ? null : JsonSerializer.Deserialize<Listener>(told, s_json);
        return listener is { RpcBaseUrl.IsAbsoluteUri: true }
            ? listener
            : throw new InvalidOperationException("The Functions host does not say where its Durable extension listens: its binding has no rpcBaseUrl that is an address");
    }

    private sealed record Bound(string Told, DurableTaskClient Client);

    private sealed record Listener(Uri? RpcBaseUrl, string? TaskHubName, string? ConnectionName, int? MaxGrpcMessageSizeInBytes);

    private sealed class Closing(GrpcChannel channel) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            channel.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
