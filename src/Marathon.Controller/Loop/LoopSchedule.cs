namespace Marathon.Controller.Loop;

/// <summary>Whose turn it is.</summary>
internal static class LoopSchedule
{
    /// <summary>
    /// The first entry, from the one whose turn it is, that has no schedule or whose schedule is due; else the one that is due
    /// first. Times that passed while other runs were under way count once. Null when there is nothing to come.
    /// </summary>
    /// <param name="now">UTC.</param>
    public static LoopTurn? Next(LoopPlan plan, LoopPosition position, DateTime now)
    {
        DateTime earliest = position.NotBefore > now ? position.NotBefore.Value : now;
        List<LoopTurn> turns = [];
        for (int i = 0; i < plan.Specs.Count; i++)
        {
            int index = (position.Next + i) % plan.Specs.Count;
            LoopPolicy policy = LoopPolicy.Of(plan.Specs[index]);
            DateTime? due = policy.Schedule is { } schedule
                ? schedule.GetNextOccurrence(DateTime.SpecifyKind(position.Since[index], DateTimeKind.Utc))
                : earliest;
            if (due is { } at)
            {
                turns.Add(new LoopTurn(index, plan.Specs[index], policy, at > earliest ? at : earliest));
            }
        }

        return turns.MinBy(turn => turn.DueAt);
    }
}
