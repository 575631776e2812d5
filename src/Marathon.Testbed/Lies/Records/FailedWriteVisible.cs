using Marathon.Runs;
using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Lies.Records;

/// <summary>Writes a batch and tells the client that it was refused for good. What a client does then costs it time, so not often.</summary>
internal sealed class FailedWriteVisible(LieSpec asked, LieContext context) : Lie(asked, context), IRecordLie
{
    protected override TimeSpan DefaultEvery => TimeSpan.FromSeconds(5);

    public void Change(IncomingBatch batch)
    {
        if (batch.Header.IsTransactional || !IsDue(batch.Count))
            return;
        Promise();
        batch.FalseError = ErrorCode.PolicyViolation;
        batch.WhenAppended(first => Told(batch.Partition, first, $"{batch.Count} records are written, and the client is told that they are refused", batch.Count));
    }
}
