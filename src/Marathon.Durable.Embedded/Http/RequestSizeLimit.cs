using Microsoft.AspNetCore.Http.Metadata;

namespace Marathon.Durable.Embedded.Http;

internal sealed class RequestSizeLimit(long bytes) : IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => bytes;
}
