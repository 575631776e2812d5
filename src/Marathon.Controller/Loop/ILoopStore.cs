namespace Marathon.Controller.Loop;

/// <summary>Keeps the loop's list and history.</summary>
public interface ILoopStore
{
    /// <summary>What is known; empty before anything was set.</summary>
    Task<LoopRecord> GetAsync(CancellationToken cancellationToken);

    /// <summary>Changes it; changes happen one after the other.</summary>
    Task<LoopRecord> UpdateAsync(Func<LoopRecord, LoopRecord> change, CancellationToken cancellationToken);
}
