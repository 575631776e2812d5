using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis;

internal interface IApiHandler
{
    ApiKey Key { get; }

    /// <summary>Completes when the request's bytes are not needed any more; the answer may come later.</summary>
    ValueTask<Answer> HandleAsync(WireReader body, RequestContext context, CancellationToken cancel);
}
