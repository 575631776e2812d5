using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Marathon.Controller.Http;

/// <summary>A request's body that may be read up to a size only, whatever the server in front of it allows.</summary>
internal sealed class LimitedBody : Stream
{
    // A server that stops reading resets the connection, and the answer is lost on whoever is still sending. So what goes beyond a
    // route's limit by no more than this is received and thrown away (by Kestrel, for five seconds at most).
    private const long Discarded = 16 << 20;

    private readonly Stream body;
    private readonly long limit;
    private long total;

    private LimitedBody(Stream body, long limit)
    {
        this.body = body;
        this.limit = limit;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Limits the body of a request.</summary>
    /// <exception cref="BadHttpRequestException">Status 413, here or on reading: it is larger.</exception>
    public static void Limit(HttpContext context, long limit)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = limit + Discarded;
        }

        if (context.Request.ContentLength > limit)
        {
            throw TooLarge(limit);
        }

        context.Request.Body = new LimitedBody(context.Request.Body, limit);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await body.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Count(body.Read(buffer, offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static BadHttpRequestException TooLarge(long limit) => new($"The body has more than {limit} bytes.", StatusCodes.Status413PayloadTooLarge);

    private int Count(int read) => (total += read) <= limit ? read : throw TooLarge(limit);
}
