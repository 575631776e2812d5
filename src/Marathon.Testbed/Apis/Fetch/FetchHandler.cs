using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.Fetch;

/// <summary>
/// Reads for consumers and waits until there is enough. Fetch sessions are declined (session id 0), which clients take for a full
/// fetch each time.
/// </summary>
internal sealed class FetchHandler() : ApiHandler<FetchRequest>(ApiKey.Fetch)
{
    private const int MaxWithheldMs = 1_000;

    protected override async ValueTask<IMessage> HandleAsync(FetchRequest request, RequestContext context, CancellationToken cancel)
    {
        if (request.SessionId != 0)
            return new FetchResponse { Error = ErrorCode.FetchSessionIdNotFound };
        using var read = new FetchRead(request, context);
        if (!read.IsEnough() && request.MaxWaitMs > 0)
            await read.UntilEnoughAsync(TimeSpan.FromMilliseconds(request.MaxWaitMs), cancel);
        var response = read.Response();
        // A client that gets nothing at once asks again at once.
        if (read.IsWithheld && request.MaxWaitMs > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(request.MaxWaitMs, MaxWithheldMs)), context.Broker.Time, cancel);
        return response;
    }
}
