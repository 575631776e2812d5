namespace Marathon.Verification;

/// <content>What transactions say of each other: who was fenced, and who read whom.</content>
internal sealed partial class RunJoin
{
    /// <summary>
    /// A later producer of the same transactional id has fenced the one before by the time it begins its first transaction. A
    /// commit that the earlier one asked for after that must be refused.
    /// </summary>
    private void LookForZombies()
    {
        var byId = _checkpoints.SelectMany(checkpoint => checkpoint.Producers)
            .Where(producer => producer.TransactionalId is not null && producer.Transactions.Count > 0)
            .GroupBy(producer => producer.TransactionalId);
        foreach (var same in byId)
        {
            var inOrder = same.Select(producer => (Producer: producer, BeganAt: producer.Transactions.Min(each => each.BeganAt))).OrderBy(each => each.BeganAt).ToArray();
            for (var i = 0; i + 1 < inOrder.Length; i++)
            {
                var (earlier, later) = (inOrder[i].Producer, inOrder[i + 1]);
                foreach (var transaction in earlier.Transactions.Where(each =>
                    each.Outcome == TransactionOutcome.Committed && each.EndingAt > later.BeganAt + _facts.ClockErrorBound))
                {
                    _findings.Add(AnomalyKind.ZombieNotFenced, 1, new AnomalyExample
                    {
                        Topic = earlier.Topic,
                        Incarnation = earlier.Incarnation,
                        SeenAt = Records.RecordTime.ToTime(transaction.EndedAt),
                        SeenBy = earlier.Name,
                        Detail = $"transaction {transaction.Id} of '{same.Key}' was committed on a request of {Records.RecordTime.ToTime(transaction.EndingAt):O}, "
                            + $"although {later.Producer.Name} (incarnation {later.Producer.Incarnation}) had taken the id over by {Records.RecordTime.ToTime(later.BeganAt):O}",
                    });
                }
            }
        }
    }

    private void LookForCycles()
    {
        var committed = new Dictionary<TransactionRef, TransactionEvidence>();
        foreach (var producer in _checkpoints.SelectMany(checkpoint => checkpoint.Producers))
        {
            foreach (var transaction in producer.Transactions.Where(each => each.Outcome == TransactionOutcome.Committed))
                committed[new TransactionRef(producer.Incarnation, transaction.Id)] = transaction;
        }

        foreach (var cycle in WriteCycles.Find(committed.ToDictionary(each => each.Key, each => each.Value.ReadFrom)))
        {
            var began = Records.RecordTime.ToTime(cycle.Min(each => committed[each].BeganAt));
            _findings.Add(AnomalyKind.WriteCycle, 1, new AnomalyExample
            {
                Incarnation = cycle[0].Incarnation,
                SeenAt = began,
                Around = Around(cycle.SelectMany(each => Steps((each.Incarnation, committed[each]))), began),
                Detail = $"each of these committed transactions read what another of them wrote, all the way round: {string.Join(", ", cycle.Take(8).Select(each => $"{each.Id} of incarnation {each.Incarnation}"))}",
            });
        }
    }
}
