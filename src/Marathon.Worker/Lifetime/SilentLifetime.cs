namespace Marathon.Worker.Lifetime;

/// <summary>Keeps the web host from reacting to signals itself: the session decides how the worker ends.</summary>
public sealed class SilentLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
