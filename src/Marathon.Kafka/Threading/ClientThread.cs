using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Marathon.Kafka.Threading;

/// <summary>
/// The one thread that a client and its evidence belong to. Others ask it to do things between two rounds of its work, so
/// that nothing on the way of a record needs a lock.
/// </summary>
internal abstract class ClientThread : IAsyncDisposable
{
    private readonly ConcurrentQueue<Action> _requests = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _afterwards = new();
    private readonly Thread _thread;
    private readonly ILogger _logger;
    private volatile bool _leaving;
    private volatile string? _error;
    private bool _begun;

    protected ClientThread(string name, ILogger logger)
    {
        (Name, _logger) = (name, logger);
        _thread = new Thread(Run) { Name = name, IsBackground = true };
    }

    /// <summary>The client's name.</summary>
    public string Name { get; }

    /// <summary>Why it broke; null while it has not.</summary>
    public string? Error => _error;

    /// <summary>Whether the work is to end.</summary>
    protected bool IsLeaving => _leaving;

    protected ILogger Logger => _logger;

    /// <summary>Starts the thread.</summary>
    public void Begin()
    {
        _begun = true;
        _thread.Start();
    }

    /// <summary>Does something on the thread between two rounds; directly once the thread has ended.</summary>
    public Task<T> AskAsync<T>(Func<T> question)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _requests.Enqueue(() => Answer(question, answer));
        if (!_begun || _ended.Task.IsCompleted)
            ServeAfterwards();
        return answer.Task;
    }

    /// <inheritdoc cref="AskAsync{T}"/>
    public Task AskAsync(Action request) => AskAsync(() =>
    {
        request();
        return true;
    });

    /// <summary>Lets the work end, then does something that may take long, as the thread would: others are answered in it, not beside it.</summary>
    protected async Task LeaveAndAsync(Action last)
    {
        await LeaveAsync();
        await Task.Run(() =>
        {
            lock (_afterwards)
                last();
            ServeAfterwards();
        });
    }

    /// <summary>Lets the work end and waits until it has.</summary>
    public async Task LeaveAsync()
    {
        _leaving = true;
        if (_begun)
            await _ended.Task;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await LeaveAsync();

        // Not under the hands of one who still does what comes last.
        lock (_afterwards)
            Close();
        ServeAfterwards();
    }

    /// <summary>The work; returns when <see cref="IsLeaving"/>. Calls <see cref="ServeRequests"/> several times a second.</summary>
    protected abstract void Work();

    /// <summary>Closes the client; the thread has ended.</summary>
    protected abstract void Close();

    /// <summary>Does what others have asked for.</summary>
    protected void ServeRequests()
    {
        while (_requests.TryDequeue(out var request))
            request();
    }

    private void Run()
    {
        try
        {
            Work();
        }
        catch (Exception failure)
        {
            // The worker lives on with the evidence that there is; its heartbeats say that the load is broken.
            _error = $"{Name}: {failure.Message}";
            _logger.ClientBroke(Name, failure);
        }
        finally
        {
            _ended.SetResult();
            ServeAfterwards();
        }
    }

    // One at a time, as on the thread. Whoever comes while another is at it leaves its request to that one, who looks again when done.
    private void ServeAfterwards()
    {
        while (!_requests.IsEmpty && _afterwards.TryEnter())
        {
            try
            {
                ServeRequests();
            }
            finally
            {
                _afterwards.Exit();
            }
        }
    }

    private static void Answer<T>(Func<T> question, TaskCompletionSource<T> answer)
    {
        try
        {
            answer.SetResult(question());
        }
        catch (Exception failure)
        {
            answer.SetException(failure);
        }
    }
}
