using Marathon.Workers.Commands;

namespace Marathon.Worker.Commands;

/// <summary>
/// Makes every command happen once: a command id that comes again gets the answer of the first time, and waits for it
/// while the first is under way. What was refused or failed changed nothing and may be tried again under its id.
/// </summary>
public sealed class CommandLedger
{
    /// <summary>Answers that are kept; the oldest go first.</summary>
    public const int Capacity = 4096;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <param name="id">The command id.</param>
    /// <param name="fingerprint">What is asked for; one id cannot ask for two things.</param>
    /// <param name="carryOut">Carries it out; called once per id that succeeds.</param>
    /// <exception cref="CommandRefusedException">The id was used for something else.</exception>
    public Task<CommandAnswer> RunAsync(string id, string fingerprint, Func<Task<CommandAnswer>> carryOut)
    {
        TaskCompletionSource<CommandAnswer> first;
        lock (_lock)
        {
            if (_entries.TryGetValue(id, out var known))
            {
                return known.Fingerprint == fingerprint
                    ? known.Answer
                    : throw new CommandRefusedException(
                        StatusCodes.Status409Conflict, $"command id {id} was used for another command", "use a new id for every command", "Marathon-Command-Id");
            }

            first = new TaskCompletionSource<CommandAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
            _entries.Add(id, new Entry(fingerprint, first.Task));
        }

        _ = CompleteAsync(id, first, carryOut);
        return first.Task;
    }

    private async Task CompleteAsync(string id, TaskCompletionSource<CommandAnswer> first, Func<Task<CommandAnswer>> carryOut)
    {
        try
        {
            var answer = await carryOut();
            lock (_lock)
            {
                _order.Enqueue(id);
                if (_order.Count > Capacity)
                    _entries.Remove(_order.Dequeue());
            }

            first.SetResult(answer);
        }
        catch (Exception failure)
        {
            lock (_lock)
                _entries.Remove(id);
            first.SetException(failure);
            _ = first.Task.Exception;
        }
    }

    private sealed record Entry(string Fingerprint, Task<CommandAnswer> Answer);
}
