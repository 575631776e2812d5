using System.Collections.Concurrent;

namespace Marathon.Controller.Http;

/// <summary>Keeps a worker that went wild from filling an orchestration's history.</summary>
public sealed class EventBudget
{
    /// <summary>Events that one life of a worker may raise.</summary>
    public const int PerLife = 10;

    private readonly ConcurrentDictionary<(string Run, string Worker, int Epoch), HashSet<string>> taken = new();

    /// <summary>Takes one, unless they are used up; the same event again costs nothing.</summary>
    public bool TryTake(string runId, string worker, int epoch, string eventId)
    {
        HashSet<string> ids = taken.GetOrAdd((runId, worker, epoch), static _ => []);
        lock (ids)
        {
            return ids.Contains(eventId) || (ids.Count < PerLife && ids.Add(eventId));
        }
    }
}
