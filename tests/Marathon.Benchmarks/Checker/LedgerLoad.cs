using Marathon.Verification;
using Marathon.Workers.Load;

namespace Marathon.Benchmarks.Checker;

/// <summary>One producer with 1,000 records in flight to each of twelve partitions.</summary>
internal static class LedgerLoad
{
    private const int Partitions = 12, InFlight = 1000;

    public static LoadCost Run(long records)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var ledger = new ProducerLedger(1, "benchmark", "t", Partitions, Acks.All, Guarantee.Idempotent);
        var allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        var start = Environment.CpuUsage.UserTime;
        for (long done = 0; done < records; done++)
        {
            var sequence = ledger.Next((int)(done % Partitions));
            if (sequence >= InFlight)
                ledger.Acknowledged((int)(done % Partitions), sequence - InFlight, sequence - InFlight);
        }

        var elapsed = Environment.CpuUsage.UserTime - start;
        var allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(ledger);
        return new LoadCost(records, elapsed.TotalNanoseconds / records, (double)allocated / records, kept);
    }
}
