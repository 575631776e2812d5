using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Marathon.Controller.Bus;
using Marathon.Controller.Runs;
using Marathon.Controller.Workers;
using Marathon.Workers;
using Marathon.Workers.Commands;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marathon.Controller.Tests.Bus;

public sealed class PinnedCertificateTests : IAsyncLifetime
{
    private readonly X509Certificate2 certificate = Certificate();
    private WebApplication worker = null!;
    private int port;
    private int tokensSeen;

    public async Task InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        worker = builder.Build();
        worker.MapPost("/commands/{name}", (HttpRequest request) =>
        {
            if (request.Headers.Authorization.Count > 0) Interlocked.Increment(ref tokensSeen);
            return Results.Json(new CommandAnswer(request.Headers[WorkerProtocol.CommandIdHeader].ToString(), WorkerPhase.Ready, 0), WorkerJson.Default.CommandAnswer);
        });
        await worker.StartAsync();
        port = new Uri(worker.Urls.Single()).Port;
    }

    public async Task DisposeAsync()
    {
        await worker.DisposeAsync();
        certificate.Dispose();
    }

    [Fact]
    public async Task SendAsync_CertificateOfTheRegistration_IsTrusted()
    {
        CommandOutcome outcome = await SendAsync(certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant());
        Assert.True(outcome.Acknowledged, outcome.Error);
        Assert.Equal(1, tokensSeen);
    }

    [Fact]
    public async Task SendAsync_AnotherCertificate_GetsNoToken()
    {
        using X509Certificate2 another = Certificate();
        CommandOutcome outcome = await SendAsync(another.GetCertHashString(HashAlgorithmName.SHA256));
        Assert.False(outcome.Acknowledged);
        Assert.Contains("certificate", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(0, tokensSeen);
    }

    private async Task<CommandOutcome> SendAsync(string digest)
    {
        using HttpClient http = WorkerHttpClient.Create();
        HttpWorkerBus bus = new(http, new OneToken(), TimeProvider.System, NullLogger<HttpWorkerBus>.Instance);
        RegisteredWorker to = new("w0", new Registration(new Node("127.0.0.1", port, digest), [], 1, 1, DateTimeOffset.UnixEpoch), DateTimeOffset.UnixEpoch);
        return await bus.SendAsync("run-1", to, new WorkerMessage("c1", WorkerCommand.Start), TimeSpan.FromSeconds(30), CancellationToken.None);
    }

    private static X509Certificate2 Certificate()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest("CN=w0", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    private sealed class OneToken : IRunStore
    {
        public Task<string?> TokenAsync(string runId, CancellationToken cancellationToken) => Task.FromResult<string?>("token");

        public Task<RunRecord?> FindAsync(string runId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task CreateAsync(RunRecord record, string token, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<RunRecord>> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<RunRecord> UpdateAsync(string runId, Func<RunRecord, RunRecord> change, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
