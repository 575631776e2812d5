using System.Collections.Concurrent;

namespace Marathon.Durable.Embedded.Tests.Crash;

/// <summary>What a program has left to do, and what it has found so far.</summary>
public sealed record ProgramState(Step[] Steps, string Found);

/// <summary>Runs a made-up program as an orchestration. What it finds depends on nothing but the program.</summary>
public sealed class ProgramInterpreter
{
    /// <summary>Failures so far, by the number of a flaky step: they outlive a crash, as the world outside does.</summary>
    private readonly ConcurrentDictionary<string, int> _failures = new();

    /// <summary>Activities that ran, at least once each.</summary>
    public ConcurrentDictionary<string, int> Ran { get; } = new();

    public DurableTaskRegistry Registry() => new DurableTaskRegistry()
        .AddOrchestratorFunc<ProgramState, string>("Program", RunAsync)
        .AddActivityFunc<string, string>("Work", (_, key) =>
        {
            Ran.AddOrUpdate(key, 1, (_, times) => times + 1);
            return key;
        })
        .AddActivityFunc<string[], string>("Flaky", (_, call) =>
        {
            // Once it has succeeded it succeeds for ever: it may be asked again after a crash.
            int failures = _failures.AddOrUpdate(call[0], 1, (_, times) => times + 1);
            return failures <= int.Parse(call[1], System.Globalization.CultureInfo.InvariantCulture)
                ? throw new InvalidOperationException($"failure {failures}")
                : call[0];
        });

    private static async Task<string> RunAsync(OrchestrationContext context, ProgramState state)
    {
        string found = state.Found;
        for (int i = 0; i < state.Steps.Length; i++)
        {
            if (state.Steps[i] is Again)
            {
                context.ContinueAsNew(new ProgramState(state.Steps[(i + 1)..], found + ";again"));
                return "";
            }

            found += ";" + await DoAsync(context, state.Steps[i], $"{context.InstanceId}.{state.Steps.Length - i}");
        }

        return found;
    }

    private static async Task<string> DoAsync(OrchestrationContext context, Step step, string key)
    {
        switch (step)
        {
            case Work work:
                return await context.CallActivityAsync<string>("Work", $"{key}/{work.Number}");
            case Wait wait:
                DateTime before = context.CurrentUtcDateTime;
                await context.CreateTimer(TimeSpan.FromSeconds(wait.Seconds), default);
                return context.CurrentUtcDateTime - before >= TimeSpan.FromSeconds(wait.Seconds) ? "waited" : "too early";
            case Child child:
                return "(" + await context.CallSubOrchestratorAsync<string>(
                    "Program", new ProgramState(child.Steps, ""), new TaskOptions().WithInstanceId(key)) + ")";
            case All all:
                return string.Join('+', await Task.WhenAll(
                    Enumerable.Range(0, all.Count).Select(i => context.CallActivityAsync<string>("Work", $"{key}/{i}"))));
            case Flaky flaky:
                RetryPolicy policy = new(maxNumberOfAttempts: 20, TimeSpan.FromSeconds(1));
                return await context.CallActivityAsync<string>("Flaky", new[] { key, $"{flaky.Failures}" }, new TaskOptions(policy));
            case Mail mail:
                for (int i = 0; i < mail.Count; i++)
                    context.SendEvent(context.InstanceId, key, i);
                string read = "";
                for (int i = 0; i < mail.Count; i++)
                    read += await context.WaitForExternalEvent<int>(key);
                return read;
            case Race:
                using (CancellationTokenSource source = new())
                {
                    Task @short = context.CreateTimer(TimeSpan.FromSeconds(1), default);
                    Task @long = context.CreateTimer(TimeSpan.FromDays(100), source.Token);
                    string winner = await Task.WhenAny(@long, @short) == @short ? "short" : "long";
                    source.Cancel();
                    return winner;
                }

            default:
                throw new InvalidOperationException($"No such step: {step}");
        }
    }
}
