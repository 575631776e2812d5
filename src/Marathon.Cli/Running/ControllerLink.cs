using Marathon.Cli.Api;
using Marathon.Cli.Owner;
using Marathon.Durable.Embedded;

namespace Marathon.Cli.Running;

/// <summary>
/// The controller of a data folder, whoever it is: another process while one lives, else this one. When the other dies
/// this one takes its place, and when another asks for the place it gets it.
/// </summary>
internal sealed class ControllerLink : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly OwnerOptions options;
    private OwnerHost? host;
    private MarathonClient? client;

    private ControllerLink(OwnerOptions options) => this.options = options;

    /// <summary>Whether this process is the owner.</summary>
    public bool IsOwner => host is not null;

    /// <summary>Finds the owner, or becomes it.</summary>
    /// <exception cref="TimeoutException">Another process holds the folder and does not answer.</exception>
    public static async Task<ControllerLink> OpenAsync(OwnerOptions options, CancellationToken cancellationToken)
    {
        ControllerLink link = new(options);
        await link.ConnectAsync(cancellationToken);
        return link;
    }

    /// <summary>Calls the controller; when it has gone meanwhile, the next one.</summary>
    public async Task<T> CallAsync<T>(Func<MarathonClient, Task<T>> call, CancellationToken cancellationToken)
    {
        if (host is { HandoverAsked.IsCancellationRequested: true })
        {
            await HandOverAsync(cancellationToken);
        }

        while (true)
        {
            try
            {
                return await call(client!);
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !IsOwner && !cancellationToken.IsCancellationRequested)
            {
                await ConnectAsync(cancellationToken);
            }
        }
    }

    /// <summary>An owner lets go of the data folder.</summary>
    public async ValueTask DisposeAsync()
    {
        client?.Dispose();
        if (host is not null)
        {
            await host.DisposeAsync();
            host = null;
        }
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        client?.Dispose();
        client = null;
        long since = TimeProvider.System.GetTimestamp();
        while (client is null)
        {
            client = await TryJoinAsync(cancellationToken) ?? await TryOwnAsync(cancellationToken);
            if (client is null)
            {
                if (TimeProvider.System.GetElapsedTime(since) > s_patience)
                {
                    throw new TimeoutException($"another process owns {options.Data} and does not answer; end it, or choose another folder with --data");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
            }
        }
    }

    private async Task<MarathonClient?> TryJoinAsync(CancellationToken cancellationToken)
    {
        if (await ControllerFile.ReadLivingAsync(options.Data, cancellationToken) is not { } owner)
        {
            return null;
        }

        MarathonClient found = new(owner.Url, owner.OperatorKey);
        try
        {
            await found.ListAsync(cancellationToken);
            return found;
        }
        catch (HttpRequestException)
        {
            found.Dispose();
            return null;
        }
    }

    private async Task<MarathonClient?> TryOwnAsync(CancellationToken cancellationToken)
    {
        try
        {
            host = await OwnerHost.StartAsync(options, cancellationToken);
            return new MarathonClient(host.File.Url, host.File.OperatorKey);
        }
        catch (DurableStoreInUseException)
        {
            return null;
        }
    }

    private async Task HandOverAsync(CancellationToken cancellationToken)
    {
        await host!.DisposeAsync();
        host = null;
        long since = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(since) < s_patience && !await HasNextOwnerAsync(cancellationToken))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }

        await ConnectAsync(cancellationToken);
    }

    private async Task<bool> HasNextOwnerAsync(CancellationToken cancellationToken) =>
        await ControllerFile.ReadLivingAsync(options.Data, cancellationToken) is { Pid: var pid } && pid != Environment.ProcessId;
}
