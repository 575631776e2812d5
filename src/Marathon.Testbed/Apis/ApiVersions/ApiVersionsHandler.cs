using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.ApiVersions;

internal sealed class ApiVersionsHandler() : ApiHandler<ApiVersionsRequest>(ApiKey.ApiVersions)
{
    /// <summary>For a client that asks in a version we do not know: it may ask again in one of these (KIP-511).</summary>
    public static ApiVersionsResponse Unsupported() => new() { Error = ErrorCode.UnsupportedVersion, ApiKeys = Ranges() };

    protected override ValueTask<IMessage> HandleAsync(ApiVersionsRequest request, RequestContext context, CancellationToken cancel) =>
        ValueTask.FromResult<IMessage>(new ApiVersionsResponse { ApiKeys = Ranges() });

    private static List<ApiVersionsResponse.Range> Ranges() =>
    [
        .. ApiCatalog.All.Select(spec => new ApiVersionsResponse.Range
        {
            ApiKey = (short)spec.Key,
            MinVersion = spec.AdvertisedMinVersion,
            MaxVersion = spec.MaxVersion,
        }),
    ];
}
