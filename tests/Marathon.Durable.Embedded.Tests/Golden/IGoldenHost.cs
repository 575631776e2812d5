namespace Marathon.Durable.Embedded.Tests.Golden;

/// <summary>The engine that the golden scenarios run on, and its time.</summary>
public interface IGoldenHost : IAsyncDisposable
{
    DurableClient Client { get; }

    TimeProvider Time { get; }

    /// <summary>What the engine's and the orchestrators' loggers were given.</summary>
    RecordingLogger Log { get; }

    Task StartAsync(DurableTaskRegistry registry, TimeSpan? maximumTimerInterval);

    /// <summary>Lets time pass; what falls due within it happens.</summary>
    Task PassAsync(TimeSpan time);

    /// <summary>Lets as much time pass as the task needs.</summary>
    Task<T> UntilAsync<T>(Task<T> task);

    /// <summary>Called by an activity that waits for the test or for the time, not for the engine.</summary>
    IDisposable Park();
}
