namespace Marathon.Testbed.Cluster;

/// <summary>Producer ids, taken from the controller in blocks. What is left of a block is lost with the broker's life.</summary>
internal sealed class ProducerIdAllocator(Broker broker) : IDisposable
{
    private readonly SemaphoreSlim _taking = new(1, 1);
    private long _next;
    private long _end;

    public void Dispose() => _taking.Dispose();

    /// <exception cref="BrokerUnreachableException">A new block is needed and there is no controller.</exception>
    public async Task<long> NextAsync(CancellationToken cancel)
    {
        await _taking.WaitAsync(cancel);
        try
        {
            if (_next >= _end)
            {
                (_next, var count) = await broker.CallControllerAsync(controller => (controller.AllocateProducerIds(out var n), n), cancel);
                _end = _next + count;
            }

            return _next++;
        }
        finally
        {
            _taking.Release();
        }
    }
}
