namespace Marathon.Testbed.Lies;

/// <summary>Changes what of a client's batch gets into the log.</summary>
internal interface IRecordLie
{
    void Change(IncomingBatch batch);
}
