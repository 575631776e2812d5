using System.Net;

namespace Marathon.Cli.Api;

/// <summary>HTTP servers of this machine alone. They read no settings file of the folder they happen to be started in.</summary>
internal static class LoopbackServer
{
    /// <summary>A builder of a server on ports of 127.0.0.1; 0 is any free one.</summary>
    public static WebApplicationBuilder CreateBuilder(params IEnumerable<int> ports)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            foreach (int port in ports)
            {
                kestrel.Listen(IPAddress.Loopback, port);
            }
        });
        builder.Services.AddRouting().AddLogging();
        return builder;
    }
}
