using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.ListTransactions;

internal sealed class ListTransactionsRequest : IMessage
{
    public List<string> StateFilters { get; set; } = [];

    public List<long> ProducerIdFilters { get; set; } = [];

    public long DurationFilterMs { get; set; } = -1;

    public void Exchange(Wire wire)
    {
        StateFilters = wire.Strings(StateFilters);
        ProducerIdFilters = wire.Int64s(ProducerIdFilters);
        if (wire.Version >= 1)
            DurationFilterMs = wire.Int64(DurationFilterMs);
    }
}
