using Marathon.Durable.History;

namespace Marathon.Durable.Embedded.Storage;

/// <summary>Something an instance has yet to receive.</summary>
/// <param name="Sequence">The row in Inbox; 0 for a timer that fell due, which has its row in Timers.</param>
internal sealed record InboxItem(long Sequence, HistoryEvent Event);
