namespace Marathon.Workers;

/// <summary>Where a worker listens for commands.</summary>
/// <param name="Address">Host name or IP address, without a scheme.</param>
/// <param name="Port">TCP port, 1 to 65535.</param>
/// <param name="CertificateSha256">Hex SHA-256 of the worker's own TLS certificate, which the controller pins; null on loopback, where commands go over plain HTTP.</param>
public sealed record Node(string Address, int Port, string? CertificateSha256 = null)
{
    /// <summary>The base URI that commands are posted to.</summary>
    public Uri BaseUri => new UriBuilder(CertificateSha256 is null ? "http" : "https", Address, Port).Uri;
}
