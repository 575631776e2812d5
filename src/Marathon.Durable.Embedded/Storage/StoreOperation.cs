namespace Marathon.Durable.Embedded.Storage;

/// <summary>A unit of work on the store: it is committed as a whole, together with others, or not at all.</summary>
internal abstract class StoreOperation
{
    /// <summary>Readers run before the transaction of their batch and do not wait for it.</summary>
    public abstract bool IsReader { get; }

    /// <summary>Runs the statements. May run again after a rollback, so it touches nothing but the session and new objects.</summary>
    public abstract void Apply(StoreSession session);

    /// <summary>Runs on the store's thread after the commit, in the order of the operations.</summary>
    public abstract void Committed();

    public abstract void Failed(Exception exception);
}

internal sealed class StoreOperation<T>(
    Func<StoreSession, Effects, T> work, bool isReader, Action<Effects> follow, Action<T>? committed)
    : StoreOperation
{
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Effects _effects = new();
    private T _value = default!;

    public override bool IsReader => isReader;

    public Task<T> Result => _result.Task;

    public override void Apply(StoreSession session)
    {
        _effects = new();
        _value = work(session, _effects);
    }

    public override void Committed()
    {
        committed?.Invoke(_value);
        follow(_effects);
        _result.TrySetResult(_value);
    }

    public override void Failed(Exception exception) => _result.TrySetException(exception);
}
