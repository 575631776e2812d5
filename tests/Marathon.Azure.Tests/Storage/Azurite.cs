using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Marathon.Azure.Storage;

namespace Marathon.Azure.Tests.Storage;

/// <summary>Microsoft's emulator of Azure Storage, a process of its own on loopback, over TLS and with bearer tokens.</summary>
public sealed class Azurite : IAsyncLifetime
{
    private const string Account = "devstoreaccount1";

    private readonly string folder = Directory.CreateTempSubdirectory("marathon-azurite-").FullName;
    private readonly int blobPort = FreePort(), tablePort = FreePort();
    private Process? process;
    private byte[] certificate = [];

    public static string? Executable { get; } = Find();

    public async Task InitializeAsync()
    {
        if (Executable is null) return;
        WriteCertificate();
        ProcessStartInfo start = new(Executable)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "--inMemoryPersistence", "--disableTelemetry", "--silent", "--oauth", "basic",
                "--cert", Path.Combine(folder, "cert.pem"), "--key", Path.Combine(folder, "key.pem"),
                "--blobPort", blobPort.ToString(CultureInfo.InvariantCulture),
                "--queuePort", FreePort().ToString(CultureInfo.InvariantCulture),
                "--tablePort", tablePort.ToString(CultureInfo.InvariantCulture),
            },
        };
        process = Process.Start(start)!;
        StringBuilder said = new();
        process.OutputDataReceived += (_, line) => said.AppendLine(line.Data);
        process.ErrorDataReceived += (_, line) => said.AppendLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Eventually.HoldsAsync(() => process.HasExited || (Listens(blobPort) && Listens(tablePort)), "azurite listens");
        if (process.HasExited) throw new InvalidOperationException($"azurite ended: {said}");
    }

    public Task DisposeAsync()
    {
        process?.Kill(entireProcessTree: true);
        process?.WaitForExit();
        process?.Dispose();
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    public BlobContainer Container(string name, TimeProvider time) => new(Address(blobPort), name, new Identity(), time, Options());

    public StorageTable Table(string name, TimeProvider time) => new(Address(tablePort), name, new Identity(), time, Options());

    private static Uri Address(int port) => new($"https://127.0.0.1:{port}/{Account}/");

    // Trusts this one certificate and no other.
    private StorageOptions Options() => new()
    {
        Transport = new HttpClientTransport(new HttpClient(new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown is not null && shown.RawData.AsSpan().SequenceEqual(certificate),
        })),
        Retry = { MaxRetries = 0 },
    };

    private void WriteCertificate()
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        certificate = made.RawData;
        File.WriteAllText(Path.Combine(folder, "cert.pem"), made.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    private static bool Listens(int port)
    {
        using TcpClient client = new();
        try
        {
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string? Find()
    {
        string cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } set
            ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        string folder = Path.Combine(cache, "marathon");
        return Directory.Exists(folder)
            ? Directory.GetDirectories(folder, "azurite-*").Select(d => Path.Combine(d, "node_modules", ".bin", "azurite")).FirstOrDefault(File.Exists)
            : null;
    }

    /// <summary>What the emulator takes for a token of Entra: it looks at issuer, audience and dates, not at the signature.</summary>
    private sealed class Identity : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            DateTimeOffset now = TimeProvider.System.GetUtcNow(), expires = now.AddHours(1);
            string claims = JsonSerializer.Serialize(new Dictionary<string, object>
            {
                ["aud"] = requestContext.Scopes[0].Replace("/.default", "", StringComparison.Ordinal),
                ["iss"] = "https://sts.windows.net/00000000-0000-0000-0000-000000000000/",
                ["iat"] = now.ToUnixTimeSeconds() - 60,
                ["nbf"] = now.ToUnixTimeSeconds() - 60,
                ["exp"] = expires.ToUnixTimeSeconds(),
            });
            return new AccessToken($"{Encode("""{"alg":"HS256","typ":"JWT"}""")}.{Encode(claims)}.{Encode("signature")}", expires);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));

        private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }
}
