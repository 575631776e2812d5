namespace Marathon.Testbed.Protocol;

/// <summary>What precedes every request. The client id is a classic string even where the rest is flexible.</summary>
internal readonly record struct RequestHeader(ApiKey Key, short Version, int CorrelationId, string? ClientId)
{
    /// <summary>Reads the header; <paramref name="body"/> is null when the testbed does not speak that request or version.</summary>
    public static RequestHeader Read(ReadOnlyMemory<byte> frame, out ApiSpec? spec, out WireReader? body)
    {
        var reader = new WireReader(frame, 0, flexible: false);
        var key = (ApiKey)reader.Int16(0);
        var version = reader.Int16(0);
        var correlationId = reader.Int32(0);
        spec = ApiCatalog.Find(key);
        body = null;
        if (spec is null || !spec.Supports(version))
            return new RequestHeader(key, version, correlationId, null);
        var clientId = reader.NullableString(null);
        var flexible = spec.IsFlexible(version);
        body = reader.As(version, flexible);
        if (flexible)
            body.Tags(null);
        return new RequestHeader(key, version, correlationId, clientId);
    }
}
