using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis;

/// <summary>Answers one kind of request.</summary>
internal abstract class ApiHandler<TRequest>(ApiKey key) : IApiHandler
    where TRequest : IMessage, new()
{
    public ApiKey Key { get; } = key;

    public async ValueTask<Answer> HandleAsync(WireReader body, RequestContext context, CancellationToken cancel)
    {
        var request = new TRequest();
        body.Struct(request);
        return Answer.Of(await HandleAsync(request, context, cancel));
    }

    protected abstract ValueTask<IMessage> HandleAsync(TRequest request, RequestContext context, CancellationToken cancel);
}
