namespace Marathon.Testbed.Lies;

/// <summary>Wants to know what is written, and changes nothing of it.</summary>
internal interface IRecordWatch
{
    void Watch(IncomingBatch batch);
}
