using Marathon.Controller.Activities;
using Marathon.Scenarios;
using Marathon.Workers.Commands;

namespace Marathon.Controller.Orchestrations.Toolkit;

/// <summary>A command to all living workers, sent again to those that have not acknowledged until they have or the time is over.</summary>
internal sealed class Broadcast(StageCalls calls)
{
    /// <summary>For commands that a healthy worker answers at once.</summary>
    public static readonly TimeSpan Short = TimeSpan.FromSeconds(20);

    /// <summary>For commands that wait for brokers.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    /// <summary>Sends; a worker that dies meanwhile is left out.</summary>
    /// <exception cref="InvalidOperationException">A living worker refused.</exception>
    /// <exception cref="CannotGoOnException">A living worker did not acknowledge in time.</exception>
    public async Task SendAsync(WorkerCommand command, TimeSpan within)
    {
        PublishRequest request = new(calls.Input.RunId, calls.NextId("command"), command);
        DateTime deadline = calls.Now + within;
        while (true)
        {
            PublishResult result = await calls.CallAsync<PublishResult>(nameof(Publish), request);
            if (result.Missing.Count == 0)
            {
                return;
            }

            if (result.Refused || calls.Now >= deadline)
            {
                string problem =
                    $"{result.Missing.Count} of {result.Missing.Count + result.Acknowledged.Count} workers did not acknowledge '{command}': {string.Join("; ", result.Missing.Take(3))}";
                throw result.Refused ? new InvalidOperationException(problem) : new CannotGoOnException(problem);
            }

            await calls.DelayAsync(TimeSpan.FromSeconds(1));
            request = request with { Except = [.. request.Except, .. result.Acknowledged] };
        }
    }
}
