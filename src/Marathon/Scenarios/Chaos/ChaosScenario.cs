using Marathon.Faults;
using Marathon.Scenarios.Toolkit;

namespace Marathon.Scenarios.Chaos;

/// <summary>Under load brokers, or machines of workers, are struck one after the other; which and how follows from the run's seed.</summary>
public sealed class ChaosScenario : Scenario<ChaosConfig>
{
    private static readonly TimeSpan s_inSyncWithin = TimeSpan.FromMinutes(3);

    /// <inheritdoc/>
    protected override async Task WorkloadAsync(ScenarioContext<ChaosConfig> run)
    {
        ChaosConfig config = run.Config;
        TimeSpan elapsed = config.CalmFor;
        await run.DelayAsync(config.CalmFor);
        for (uint fault = 1; elapsed + config.FaultFor <= config.Duration; fault++)
        {
            elapsed += await StrikeAsync(run, Draw(run, fault)) + config.CalmFor;
            await run.DelayAsync(config.CalmFor);
        }

        await run.DelayAsync(config.Duration > elapsed ? config.Duration - elapsed : TimeSpan.Zero);
        await run.DrainAndAssertAsync();
        if (config.StrikesWorkers)
        {
            return;
        }

        await run.AssertAsync(new Assertion("recovery", new(Measure.RecoverySeconds, Comparison.AtMost, config.RecoverWithin.TotalSeconds), "s"));
    }

    // How long it took, without what the run may have been paused in between.
    private static async Task<TimeSpan> StrikeAsync(ScenarioContext<ChaosConfig> run, FaultSpec spec)
    {
        DateTimeOffset begin = run.Now;
        FaultRecord fault = await run.Faults.InjectAsync(spec);
        TimeSpan elapsed = run.Now - begin;
        if (!spec.HealsItself)
        {
            await run.DelayAsync(run.Config.FaultFor);
            elapsed += run.Config.FaultFor;
        }

        begin = run.Now;
        await run.Faults.HealAsync(fault);
        // Who strikes the next one before the last is whole again breaks more than one broker at a time.
        await run.UntilAsync(new Condition(Measure.UnderReplicatedPartitions, Comparison.AtMost, 0), within: s_inSyncWithin);
        return elapsed + (run.Now - begin);
    }

    private static FaultSpec Draw(ScenarioContext<ChaosConfig> run, uint fault)
    {
        ulong drawn = Mix(unchecked((ulong)run.Seed * 0x9E37_79B9_7F4A_7C15 + fault));
        IReadOnlyList<FaultAction?> actions = run.Config.Actions;
        return new FaultSpec(
            actions[(int)(drawn % (uint)actions.Count)]!.Value,
            run.Config.Role,
            Partition: run.Config.Partition ?? (int)((drawn >> 32) % (uint)run.Config.Partitions),
            Network: run.Config.StrikesWorkers ? run.Config.Network : null);
    }

    // The finalizer of SplitMix64: the same on every replay and every machine.
    private static ulong Mix(ulong state)
    {
        unchecked
        {
            ulong z = (state ^ (state >> 30)) * 0xBF58_476D_1CE4_E5B9;
            z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
            return z ^ (z >> 31);
        }
    }
}
