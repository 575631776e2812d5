using Marathon.Faults;
using Marathon.Scenarios.Toolkit;

namespace Marathon.Scenarios.BrokerFailure;

/// <summary>Under load, the leader of partition 0 is killed and comes back later.</summary>
public sealed class BrokerFailureScenario : Scenario<BrokerFailureConfig>
{
    /// <inheritdoc/>
    protected override async Task WorkloadAsync(ScenarioContext<BrokerFailureConfig> run)
    {
        await run.DelayAsync(run.Config.FaultAfter);
        FaultRecord[] paused = run.Config.IsolateLeader ? await PauseFollowersAsync(run) : [];
        FaultRecord killed = await run.Faults.InjectAsync(new FaultSpec(FaultAction.Kill, FaultRole.Leader));
        foreach (FaultRecord follower in paused)
        {
            await run.Faults.HealAsync(follower);
        }

        if (run.Config.IsolateLeader)
        {
            await run.Consumers.ResumeAsync();
        }

        await run.DelayAsync(run.Config.FaultFor);
        await run.Faults.HealAsync(killed);
        TimeSpan rest = run.Config.Duration - run.Config.FaultAfter - run.Config.FaultFor;
        await run.DelayAsync(rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
        await run.DrainAndAssertAsync();
        await run.AssertAsync(new Assertion(
            "recovery", new(Measure.RecoverySeconds, Comparison.AtMost, run.Config.RecoverWithin.TotalSeconds), "s"));
    }

    private static async Task<FaultRecord[]> PauseFollowersAsync(ScenarioContext<BrokerFailureConfig> run)
    {
        List<FaultRecord> paused = [];
        for (int i = 1; i < (run.Config.Replication ?? 3); i++)
        {
            paused.Add(await run.Faults.InjectAsync(new FaultSpec(FaultAction.Pause, FaultRole.Follower)));
        }

        await run.UntilAsync(new Condition(Measure.InSyncReplicas, Comparison.AtMost, 1), within: TimeSpan.FromMinutes(2));

        // A record that was read before it was lost counts as received: what the leader alone has from here on is not read.
        await run.Consumers.PauseAsync();
        await run.DelayAsync(TimeSpan.FromSeconds(2));
        return [.. paused];
    }
}
