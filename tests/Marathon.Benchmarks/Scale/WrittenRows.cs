using System.Diagnostics.Metrics;

namespace Marathon.Benchmarks.Scale;

/// <summary>Counts the rows that the engine writes, by its own meter.</summary>
internal sealed class WrittenRows : IDisposable
{
    private readonly MeterListener listener = new();
    private long count;

    public WrittenRows()
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "marathon.durable.store.rows")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, rows, _, _) => Interlocked.Add(ref count, rows));
        listener.Start();
    }

    public long Count => Interlocked.Read(ref count);

    public void Dispose() => listener.Dispose();
}
