namespace Marathon.Kafka.Producing;

/// <summary>
/// Which partition the next record goes to: runs of records to one, long enough to fill a batch when the load is high, and
/// ended by time when it is low, so that no partition waits for the others' batches to fill.
/// </summary>
/// <param name="partitions">Partitions in use.</param>
/// <param name="recordsPerRun">The longest run.</param>
/// <param name="runNanoseconds">The longest time of a run.</param>
/// <param name="first">Where to begin, so that several producers do not move in step.</param>
internal sealed class PartitionRuns(int partitions, int recordsPerRun, long runNanoseconds, int first)
{
    private int _current = first % partitions;
    private int _taken;
    private long _endsAt = long.MaxValue;

    public int Next(long now)
    {
        if (_taken >= recordsPerRun || now >= _endsAt)
        {
            _current = _current + 1 < partitions ? _current + 1 : 0;
            _taken = 0;
        }

        if (_taken++ == 0)
            _endsAt = now + runNanoseconds;
        return _current;
    }
}
