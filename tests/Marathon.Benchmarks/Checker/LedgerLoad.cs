using Marathon.Verification;
using Marathon.Workers.Load;

namespace Marathon.Benchmarks.Checker;

/// <summary>One producer with 1,000 records in flight to each of twelve partitions.</summary>
internal static class LedgerLoad
{
    private const int Partitions = 12, InFlight = 1000, Round = 10_000;

    public static LoadCost Run(long records)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var ledger = new ProducerLedger(1, "benchmark", "t", Partitions, Acks.All, Guarantee.Idempotent);
        var allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        var rounds = new Rounds(Round);
        for (long done = 0; done < records; done += Round)
        {
            var start = Rounds.Start();
            for (var i = 0; i < Round; i++)
            {
                var partition = (int)((done + i) % Partitions);
                var sequence = ledger.Next(partition);
                if (sequence >= InFlight)
                    ledger.Acknowledged(partition, sequence - InFlight, sequence - InFlight);
            }

            rounds.Stop(start, Round);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(ledger);
        return rounds.Cost(records, (double)allocated / records, kept);
    }
}
