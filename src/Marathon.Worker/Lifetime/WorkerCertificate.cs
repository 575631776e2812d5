using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Marathon.Worker.Lifetime;

/// <summary>
/// The certificate that a worker makes for itself where commands leave the machine. Its digest goes with the registration,
/// and the controller trusts no other.
/// </summary>
public sealed class WorkerCertificate : IDisposable
{
    private WorkerCertificate(X509Certificate2 certificate) => Certificate = certificate;

    /// <summary>The certificate with its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Hex SHA-256 of the certificate.</summary>
    public string Sha256 => Certificate.GetCertHashString(HashAlgorithmName.SHA256);

    /// <summary>Makes one; it is valid for a year and never leaves the process.</summary>
    public static WorkerCertificate Create(string worker, TimeProvider clock)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={worker}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: true));
        var now = clock.GetUtcNow();
        return new WorkerCertificate(request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1)));
    }

    /// <inheritdoc/>
    public void Dispose() => Certificate.Dispose();
}
