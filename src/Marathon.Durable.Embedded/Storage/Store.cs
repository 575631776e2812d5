using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Marathon.Durable.Embedded.Storage;

/// <summary>
/// One thread, one connection, one writer. Operations that wait while a commit is under way share the next one, so a
/// busy store pays one fsync for many of them.
/// </summary>
internal sealed class Store : IDisposable
{
    private const int MaxBatch = 512;
    private readonly BlockingCollection<StoreOperation> _queue = [];
    private readonly StoreSession _session;
    private readonly StoreLock? _lock;
    private readonly Thread _thread;

    private Store(StoreSession session, StoreLock? exclusive)
    {
        _session = session;
        _lock = exclusive;
        _thread = new Thread(Run) { Name = "durable store", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Called after each commit with the number of operations in it, and of rows that they wrote.</summary>
    public Action<int, int, TimeSpan>? OnCommit { get; set; }

    /// <param name="path">Null for a database in memory.</param>
    public static Store Open(string? path)
    {
        if (path is null)
            return new Store(new StoreSession(StoreFile.OpenInMemory()), null);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        StoreLock exclusive = StoreLock.Acquire(path);
        try
        {
            return new Store(new StoreSession(StoreFile.Open(path)), exclusive);
        }
        catch
        {
            exclusive.Dispose();
            throw;
        }
    }

    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public void Enqueue(StoreOperation operation)
    {
        try
        {
            _queue.Add(operation);
        }
        catch (InvalidOperationException)
        {
            operation.Failed(new ObjectDisposedException(nameof(Store), "The durable engine has stopped."));
        }
    }

    /// <summary>Finishes what is queued, then closes the database and gives back its lock.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        _thread.Join();
        _session.Dispose();
        _lock?.Dispose();
        _queue.Dispose();
    }

    private void Run()
    {
        List<StoreOperation> writers = new(MaxBatch);
        foreach (StoreOperation first in _queue.GetConsumingEnumerable())
        {
            writers.Clear();
            Take(first);
            while (writers.Count < MaxBatch && _queue.TryTake(out StoreOperation? next))
                Take(next);
            if (writers.Count > 0 && !TryCommit(writers))
                CommitOneByOne(writers);
        }

        void Take(StoreOperation operation)
        {
            if (operation.IsReader)
                Read(operation);
            else
                writers.Add(operation);
        }
    }

#pragma warning disable CA1031 // Whatever an operation throws belongs to its caller; the thread goes on.
    private void Read(StoreOperation operation)
    {
        try
        {
            operation.Apply(_session);
            operation.Committed();
        }
        catch (Exception e)
        {
            operation.Failed(e);
        }
    }

    private bool TryCommit(List<StoreOperation> operations)
    {
        long started = TimeProvider.System.GetTimestamp();
        int before = _session.RowsWritten;
        try
        {
            _session.Begin();
            foreach (StoreOperation operation in operations)
                operation.Apply(_session);
            _session.Commit();
        }
        catch (Exception e)
        {
            RollBack();
            if (operations.Count > 1)
                return false;
            operations[0].Failed(e);
            return true;
        }

        OnCommit?.Invoke(operations.Count, _session.RowsWritten - before, TimeProvider.System.GetElapsedTime(started));
        foreach (StoreOperation operation in operations)
            operation.Committed();
        return true;
    }
#pragma warning restore CA1031

    /// <summary>One of a batch failed: commit the others, so that only the one to blame fails.</summary>
    private void CommitOneByOne(List<StoreOperation> operations)
    {
        foreach (StoreOperation operation in operations)
            TryCommit([operation]);
    }

    private void RollBack()
    {
        try
        {
            _session.Rollback();
        }
        catch (SqliteException)
        {
            // A failed commit may have rolled back by itself.
        }
    }
}
