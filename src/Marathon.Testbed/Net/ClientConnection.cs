using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Marathon.Testbed.Apis;
using Marathon.Testbed.Apis.ApiVersions;
using Marathon.Testbed.Cluster;
using Marathon.Testbed.Protocol;
using Microsoft.Extensions.Logging;

namespace Marathon.Testbed.Net;

/// <summary>
/// One client's connection: requests are handled one after the other, answers go out in the order of the requests. Only the wait
/// for replication of a produce request does not hold up those behind it.
/// </summary>
internal sealed class ClientConnection : IDisposable
{
    private const int MaxUnansweredProduces = 64;

    private readonly Broker _broker;
    private readonly Socket _socket;
    private readonly FrameReader _frames;
    private readonly ResponseSender _sender;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _closed;
    private readonly Channel<Unanswered> _unanswered = Channel.CreateBounded<Unanswered>(
        new BoundedChannelOptions(MaxUnansweredProduces) { SingleReader = true, SingleWriter = true });
    private readonly string _client;
    private readonly string _clientHost;
    private int _unansweredCount;
    private int _seenProgress;
    private int _unchanged;

    public ClientConnection(Broker broker, Socket socket, ILogger logger)
    {
        _broker = broker;
        _socket = socket;
        _logger = logger;
        _frames = new FrameReader(socket, broker.Cluster.Receive);
        _sender = new ResponseSender(socket);
        _closed = CancellationTokenSource.CreateLinkedTokenSource(broker.Life);
        var remote = (IPEndPoint?)socket.RemoteEndPoint;
        _client = remote?.ToString() ?? "?";
        _clientHost = $"/{remote?.Address}";
    }

    private readonly record struct Unanswered(ApiSpec Spec, RequestHeader Header, Task<IMessage?> Answer);

    public async Task RunAsync()
    {
        var answering = AnswerAsync();
        try
        {
            while (await _frames.NextAsync(_closed.Token) is { } frame)
                await HandleAsync(frame);
        }
        catch (Exception end) when (end is MalformedFrameException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            _logger.ConnectionClosed(_broker.Id, _client, end.Message);
        }
        finally
        {
            _unanswered.Writer.TryComplete();
            await _closed.CancelAsync();
            await answering;
        }
    }

    /// <summary>Called every few seconds: true when a frame has been incomplete, or the connection idle, for too many calls.</summary>
    public bool IsStale(int maxIncomplete, int maxIdle)
    {
        var progress = _frames.Progress;
        _unchanged = progress == _seenProgress ? _unchanged + 1 : 0;
        _seenProgress = progress;
        var isIncomplete = progress % 2 == 1;
        return _unchanged > (isIncomplete ? maxIncomplete : maxIdle);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _frames.Dispose();
        _closed.Dispose();
    }

    public void Close() => _socket.Dispose();

    private async ValueTask HandleAsync(ReadOnlyMemory<byte> frame)
    {
        await _broker.Gate.WaitAsync(_closed.Token);
        var header = RequestHeader.Read(frame, out var spec, out var body);
        if (body is null || spec is null)
        {
            if (header.Key != ApiKey.ApiVersions)
                throw new MalformedFrameException($"request {header.Key} version {header.Version} is not supported");
            await SendAsync(ApiCatalog.Find(ApiKey.ApiVersions)!, header with { Version = 0 }, ApiVersionsHandler.Unsupported());
            return;
        }

        _broker.Cluster.Meter.Request(header.Key);
        var answer = await StartAsync(header, body);
        if (answer.Later is null && Volatile.Read(ref _unansweredCount) == 0)
        {
            if (answer.Now is not null)
                await SendAsync(spec, header, answer.Now);
            return;
        }

        Interlocked.Increment(ref _unansweredCount);
        await _unanswered.Writer.WriteAsync(
            new Unanswered(spec, header, answer.Later ?? Task.FromResult(answer.Now)), _closed.Token);
    }

    private async ValueTask<Answer> StartAsync(RequestHeader header, WireReader body)
    {
        try
        {
            var context = new RequestContext(_broker, header.Version, header.ClientId ?? "", _clientHost);
            return await ApiHandlers.For(header.Key).HandleAsync(body, context, _closed.Token);
        }
        catch (Exception broken) when (broken is not (MalformedFrameException or OperationCanceledException))
        {
            _broker.Cluster.Meter.RequestFailed(header.Key);
            _logger.RequestFailed(broken, _broker.Id, header.Key, header.Version);
            throw new MalformedFrameException($"request {header.Key} failed: {broken.Message}");
        }
    }

    private async Task AnswerAsync()
    {
        try
        {
            await foreach (var (spec, header, pending) in _unanswered.Reader.ReadAllAsync(_closed.Token))
            {
                if (await pending.WaitAsync(_closed.Token) is { } message)
                    await SendAsync(spec, header, message);
                Interlocked.Decrement(ref _unansweredCount);
            }
        }
        catch (Exception end) when (end is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            Close();
        }
    }

    private async ValueTask SendAsync(ApiSpec spec, RequestHeader header, IMessage message)
    {
        await _broker.Gate.WaitAsync(_closed.Token);
        await _sender.SendAsync(spec, header.Version, header.CorrelationId, message, _closed.Token);
    }
}
