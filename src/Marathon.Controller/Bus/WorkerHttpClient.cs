using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Marathon.Workers;

namespace Marathon.Controller.Bus;

/// <summary>
/// The client that commands go out with. Beyond loopback a worker has a certificate of its own making, whose digest came with
/// its registration: a request trusts that one and no other, whoever may have signed it.
/// </summary>
public static class WorkerHttpClient
{
    private static readonly HttpRequestOptionsKey<string> s_digest = new("marathon.worker.certificate.sha256");

    /// <summary>A client for the life of the controller; time limits are the caller's.</summary>
    public static HttpClient Create() => new(
        new HttpClientHandler { UseProxy = false, AllowAutoRedirect = false, ServerCertificateCustomValidationCallback = (request, certificate, _, _) => IsPinned(request, certificate) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Lets a request through to the worker that registered this node, and to nobody else.</summary>
    internal static void Pin(HttpRequestMessage request, Node node)
    {
        if (node.CertificateSha256 is { } digest)
        {
            request.Options.Set(s_digest, digest);
        }
    }

    private static bool IsPinned(HttpRequestMessage request, X509Certificate2? certificate) =>
        certificate is not null
        && request.Options.TryGetValue(s_digest, out string? digest)
        && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(digest.ToUpperInvariant()), Encoding.ASCII.GetBytes(certificate.GetCertHashString(HashAlgorithmName.SHA256)));
}
