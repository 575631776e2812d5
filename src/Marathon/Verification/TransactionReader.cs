namespace Marathon.Verification;

/// <summary>
/// The transactions that a consumer sees, the latest of them with the time of the first reading. A record that was sent after
/// another one of its transaction had been read proves that the transaction was open then.
/// </summary>
internal sealed class TransactionReader(int bound)
{
    private readonly Dictionary<long, Sighting> _latest = [];
    private readonly Queue<TransactionSighting> _earlier = new();

    /// <summary>Transactions seen open that are no longer listed.</summary>
    public long ForgottenOpen { get; private set; }

    /// <returns>True when this record is the first to prove that its transaction was read while open.</returns>
    public bool Read(PartitionChecker partition, in Records.RecordHeader header, in ConsumedRecord record, long clockErrorBound)
    {
        if (!_latest.TryGetValue(header.Incarnation, out var sighting))
            _latest[header.Incarnation] = sighting = new Sighting();

        if (header.TransactionId > sighting.Id)
        {
            if (sighting.Id > 0)
                Retire(sighting.Describe(header.Incarnation));

            sighting.Begin(header.TransactionId, record.ReceivedAt, partition, record.Offset);
            return false;
        }

        if (header.TransactionId < sighting.Id || sighting.WasOpen || header.SentAt <= sighting.FirstReadAt + clockErrorBound)
            return false;

        return sighting.WasOpen = true;
    }

    public IReadOnlyList<TransactionSighting> Snapshot() =>
        [.. _earlier, .. _latest.Where(pair => pair.Value.Id > 0).Select(pair => pair.Value.Describe(pair.Key))];

    private void Retire(TransactionSighting sighting)
    {
        if (_earlier.Count == bound && _earlier.Dequeue().WasOpen)
            ForgottenOpen++;

        _earlier.Enqueue(sighting);
    }

    private sealed class Sighting
    {
        private PartitionChecker? _partition;
        private long _offset;

        public long Id { get; private set; }

        public long FirstReadAt { get; private set; }

        public bool WasOpen { get; set; }

        public void Begin(long id, long now, PartitionChecker partition, long offset) =>
            (Id, FirstReadAt, _partition, _offset, WasOpen) = (id, now, partition, offset, false);

        public TransactionSighting Describe(long incarnation) =>
            new(incarnation, Id, FirstReadAt, _partition?.Topic ?? "", _partition?.Partition ?? 0, _offset, WasOpen);
    }
}
