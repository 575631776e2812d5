using System.Diagnostics;
using System.Text;
using Marathon.Cli.Processes;

namespace Marathon.EndToEnd.Tests.Fixture;

/// <summary>A command that runs, and what it has written so far.</summary>
internal sealed class RunningCommand : IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(5);
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();

    public RunningCommand(ProcessStartInfo info)
    {
        info.RedirectStandardOutput = true;
        info.RedirectStandardError = true;
        process = Process.Start(info)!;
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Out => Text(output);

    public string Error => Text(error);

    public ProcessIdentity Identity => ProcessIdentity.Of(process.Id) ?? throw new InvalidOperationException($"it has ended:\n{Out}\n{Error}");

    /// <summary>Waits until stdout or stderr holds a text; its line.</summary>
    public async Task<string> WaitForAsync(string text)
    {
        await Eventually.HoldsAsync(
            () => Task.FromResult(LineWith(text) is not null || process.HasExited),
            () => $"'{text}' is written; so far:\n{Out}\n{Error}");
        return LineWith(text) ?? throw new InvalidDataException($"it ended without '{text}':\n{Out}\n{Error}");
    }

    /// <summary>The id of the run that <c>run</c> has started.</summary>
    public async Task<string> RunIdAsync() => (await WaitForAsync("run "))["run ".Length..];

    public void Send(Signal signal) => Assert.True(Identity.Send(signal));

    public async Task<CommandResult> EndAsync()
    {
        using CancellationTokenSource deadline = new(s_deadline);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"it does not end:\n{Out}\n{Error}");
        }

        return new CommandResult(process.ExitCode, Out, Error);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }

    private string? LineWith(string text) => $"{Out}\n{Error}".Split('\n').FirstOrDefault(l => l.Contains(text, StringComparison.Ordinal));

    private static void Append(StringBuilder to, string? line)
    {
        lock (to)
        {
            _ = line is null ? to : to.Append(line).Append('\n');
        }
    }

    private static string Text(StringBuilder from)
    {
        lock (from)
        {
            return from.ToString();
        }
    }
}
