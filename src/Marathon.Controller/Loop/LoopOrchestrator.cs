using Marathon.Controller.Orchestrations;
using Marathon.Durable;

namespace Marathon.Controller.Loop;

/// <summary>
/// Runs the list for ever. A generation makes one run at most, or hears one signal, and then continues as new: so its
/// history stays short for years.
/// </summary>
public sealed class LoopOrchestrator : Orchestrator<LoopPosition, LoopEnd>
{
    /// <summary>The instance; there is one loop.</summary>
    public const string InstanceId = "loop";

    /// <summary>How long it waits, at least, after our side broke: the next run would most likely break the same way.</summary>
    public static readonly TimeSpan FaultPause = TimeSpan.FromMinutes(1);

    private static readonly LoopEnd s_goesOn = new("it goes on");

    /// <inheritdoc/>
    public override async Task<LoopEnd> RunAsync(OrchestrationContext context, LoopPosition input)
    {
        LoopControl control = new(context, input);
        LoopPlan plan;
        try
        {
            plan = await context.CallActivityAsync<LoopPlan>(nameof(ReadLoop), null, Retries.Few);
        }
        catch (TaskFailedException error)
        {
            DateTime again = context.CurrentUtcDateTime + FaultPause;
            control.Show(null, null, again, FailureText.Of(error));
            await control.UntilAsync(again);
            return GoOn(context, control, input);
        }

        LoopPosition position = input.On(plan, context.CurrentUtcDateTime);
        LoopTurn? turn = LoopSchedule.Next(plan, position, context.CurrentUtcDateTime);
        control.Show(null, turn?.Index + 1, control.Paused ? null : turn?.DueAt, turn is null ? "no entry of the list ever comes due" : null);
        if (!await control.UntilAsync(turn?.DueAt) || turn is null)
        {
            return GoOn(context, control, position);
        }

        LoopVerdict verdict = await new LoopRun(context, control, turn).PlayAsync();
        await RecordAsync(context, verdict);
        await control.ObeyAsync();
        if (verdict.Verdict == "violation" && turn.Policy.OnViolation == LoopViolationPolicy.Stop && !control.Stops)
        {
            return new LoopEnd($"run {verdict.RunId} ended with a violation, and its entry says to stop then: {verdict.Reason}");
        }

        TimeSpan pause = control.Skips ? TimeSpan.Zero
            : verdict.Verdict == "harness-fault" && turn.Policy.Pause < FaultPause ? FaultPause
            : turn.Policy.Pause;
        return GoOn(context, control, position.After(turn.Index, verdict.StartedAt.UtcDateTime, context.CurrentUtcDateTime + pause));
    }

    private static LoopEnd GoOn(OrchestrationContext context, LoopControl control, LoopPosition position)
    {
        if (control.Stops)
        {
            return new LoopEnd("an operator stopped it");
        }

        context.ContinueAsNew(position with { Paused = control.Paused, Signals = control.Signals });
        return s_goesOn;
    }

    // A history that cannot be written is no reason to stop: the run's own report stands.
    private static async Task RecordAsync(OrchestrationContext context, LoopVerdict verdict)
    {
        try
        {
            await context.CallActivityAsync(nameof(RecordLoopVerdict), verdict, Retries.Few);
        }
        catch (TaskFailedException error)
        {
            context.CreateReplaySafeLogger<LoopOrchestrator>().VerdictLost(verdict.RunId, FailureText.Of(error));
        }
    }
}
