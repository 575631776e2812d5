using Marathon.Runs;

namespace Marathon.Testbed.Lies.Reading;

/// <summary>Gives one client nothing for a while, although there are records.</summary>
internal sealed class StuckMember(LieSpec asked, LieContext context) : Lie(asked, context), IReadingLie
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(45);

    private string? _client;
    private long _since;

    protected override TimeSpan DefaultEvery => TimeSpan.FromDays(1);

    public void Change(OutgoingRecords records)
    {
        if (_client is null && !records.IsEmpty && IsDue())
        {
            Promise();
            (_client, _since) = (records.ClientId, Time.GetTimestamp());
            Told(records.Partition, -1, $"client {_client} gets nothing for {Length.TotalSeconds} s, of no partition");
        }

        if (_client != records.ClientId)
            return;
        if (Time.GetElapsedTime(_since) > Length)
            _client = null;
        else
            records.Withhold();
    }
}
