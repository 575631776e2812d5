namespace Marathon.Verification;

/// <summary>
/// Cycles in which each transaction has read what the next one wrote (wr edges only: which of two writes came later says nothing
/// in Kafka, where such cycles are normal). They are the strongly connected components of more than one transaction (Tarjan, 1972).
/// </summary>
public static class WriteCycles
{
    /// <summary>The cycles, each once.</summary>
    /// <param name="readsFrom">By transaction, those that it read from.</param>
    public static IReadOnlyList<IReadOnlyList<TransactionRef>> Find(IReadOnlyDictionary<TransactionRef, IReadOnlyList<TransactionRef>> readsFrom)
    {
        var (found, number, low) = (new List<IReadOnlyList<TransactionRef>>(), new Dictionary<TransactionRef, int>(), new Dictionary<TransactionRef, int>());
        var (component, open) = (new Stack<TransactionRef>(), new HashSet<TransactionRef>());
        var path = new Stack<(TransactionRef Node, int NextEdge)>();
        foreach (var root in readsFrom.Keys.OrderBy(each => each.Incarnation).ThenBy(each => each.Id))
        {
            if (!number.ContainsKey(root))
                Enter(root);
            while (path.TryPop(out var at))
            {
                var edges = readsFrom[at.Node];
                if (at.NextEdge < edges.Count)
                {
                    path.Push(at with { NextEdge = at.NextEdge + 1 });
                    var next = edges[at.NextEdge];
                    if (!readsFrom.ContainsKey(next))
                        continue;
                    if (!number.TryGetValue(next, out var reached))
                        Enter(next);
                    else if (open.Contains(next))
                        low[at.Node] = Math.Min(low[at.Node], reached);
                    continue;
                }

                if (path.TryPeek(out var parent))
                    low[parent.Node] = Math.Min(low[parent.Node], low[at.Node]);
                if (low[at.Node] == number[at.Node])
                    Close(at.Node);
            }
        }

        return found;

        void Enter(TransactionRef node)
        {
            number[node] = low[node] = number.Count;
            component.Push(node);
            open.Add(node);
            path.Push((node, 0));
        }

        void Close(TransactionRef root)
        {
            var members = new List<TransactionRef>();
            do
            {
                members.Add(component.Pop());
                open.Remove(members[^1]);
            }
            while (members[^1] != root);
            if (members.Count > 1)
                found.Add(members);
        }
    }
}
