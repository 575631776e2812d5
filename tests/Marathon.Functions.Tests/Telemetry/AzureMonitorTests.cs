using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Compression;
using Azure.Monitor.OpenTelemetry.Exporter;
using Marathon.Azure;
using Marathon.Functions.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenTelemetry.Trace;

namespace Marathon.Functions.Tests.Telemetry;

public sealed class AzureMonitorTests
{
    private const string Connection = "APPLICATIONINSIGHTS_CONNECTION_STRING", Authentication = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";
    private const string Key = "InstrumentationKey=11111111-2222-3333-4444-555555555555";

    [Fact]
    public void WithoutConnectionString_NothingIsCollected()
    {
        using IHost app = FunctionsApp.Build(FunctionsApp.StorageSettings);
        Assert.Null(app.Services.GetService<TracerProvider>());
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("ClientId=22222222-2222-3333-4444-555555555555;Authorization=AAD", true)]
    public void Identity_IsShown_WhereItIsAskedFor(string? authentication, bool shown)
    {
        Dictionary<string, string?> settings = FunctionsApp.StorageSettings;
        settings[Connection] = Key;
        settings[Authentication] = authentication;
        using IHost app = FunctionsApp.Build(settings);
        Assert.Equal(shown, app.Services.GetRequiredService<IOptions<AzureMonitorExporterOptions>>().Value.Credential is not null);
    }

    [Fact]
    public async Task WhatWasTraced_IsSent_BeforeTheAppHasEnded()
    {
        ConcurrentQueue<string> received = new();
        await using WebApplication monitor = await IngestionAsync(received);
        Dictionary<string, string?> settings = FunctionsApp.StorageSettings;
        settings[Connection] = $"{Key};IngestionEndpoint={monitor.Urls.First()}/;LiveEndpoint={monitor.Urls.First()}/";
        using (IHost app = FunctionsApp.Build(settings))
        {
            _ = app.Services.GetRequiredService<TracerProvider>();
            using (ActivitySource source = new(AzureTelemetry.Name))
            using (Activity? activity = source.StartActivity("grow a fleet"))
                Assert.NotNull(activity);

            await app.Services.GetRequiredService<FlushAtStop>().StopAsync(CancellationToken.None);
        }

        Assert.Contains(received, body => body.Contains("grow a fleet", StringComparison.Ordinal));
    }

    private static async Task<WebApplication> IngestionAsync(ConcurrentQueue<string> received)
    {
        WebApplication server = WebApplication.CreateSlimBuilder().Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.MapPost("{**path}", async (HttpRequest request) =>
        {
            Stream body = request.Headers.ContentEncoding == "gzip" ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;
            using StreamReader reader = new(body);
            received.Enqueue(await reader.ReadToEndAsync());
            return Results.Json(new { itemsReceived = 1, itemsAccepted = 1, errors = Array.Empty<object>() });
        });
        await server.StartAsync();
        return server;
    }
}
