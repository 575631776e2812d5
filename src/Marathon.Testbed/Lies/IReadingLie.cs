namespace Marathon.Testbed.Lies;

/// <summary>Changes what a consumer is given of a log that is as it should be.</summary>
internal interface IReadingLie
{
    void Change(OutgoingRecords records);
}
