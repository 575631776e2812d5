using Confluent.Kafka;
using Marathon.Verification;

namespace Marathon.Kafka.Producing;

/// <summary>
/// Transactions, one after the other. What is known of the end of one: committed when the client says so; aborted when its
/// commit was never asked for, for nobody else can commit it; otherwise nobody can say.
/// </summary>
internal sealed partial class KafkaProducer
{
    private static readonly TimeSpan s_takeOverWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_endWithin = TimeSpan.FromSeconds(60);

    private bool IsReadyToSend(long now)
    {
        if (_fatal is not null)
            return false;
        if (_transaction is null)
            return true;
        if (_transaction.IsOpen)
            return !_transaction.IsFull && !_transaction.IsDoomed;
        if (_schedule.NextAt(now) > now || _incarnations.Current.NeedsSuccessor)
            return false;
        if (!TryBegin())
            return false;
        _transaction.Begin(_incarnations.Current.BeginTransaction(_clock.ToWall(now)), now);
        return true;
    }

    /// <summary>Takes the transactional id over, or throws.</summary>
    private void TakeOver()
    {
        if (TryTakeOver() is { } error)
            throw new KafkaException(error);
    }

    private Error? TryTakeOver() => _calls!.Call(_client.InitTransactions, s_takeOverWithin);

    private void EndTransaction(TimeSpan within)
    {
        var (transaction, ledger) = (_transaction!, _incarnations.Current);
        if (_transfers is { IsHalfDone: true } && _fatal is null && !transaction.IsDoomed)
            Send(_clock.Now, _clock.Now);
        Drain(within, evenIfLost: false);
        NoteReads();
        var canCommit = !transaction.IsToAbort && !transaction.IsDoomed && _fatal is null && _incarnations.InFlight == 0;
        if (canCommit && IsTakeOverDue())
        {
            TakeOverFromItself(transaction, ledger, within);
            return;
        }

        ledger.EndingTransaction(_clock.ToWall(_clock.Refresh()));
        transaction.IsCommitAsked = canCommit;
        var error = transaction.IsCommitAsked ? _calls!.Call(_client.CommitTransaction, within) : null;
        if (transaction.IsCommitAsked && error is null)
        {
            End(TransactionOutcome.Committed);
            return;
        }

        if (error is not null)
            Logger.CommitFailed(Name, error.Code, error.Reason);
        if (_fatal is null && _calls!.Call(_client.AbortTransaction, within) is { } notAborted)
            _fatal = notAborted;
        if (_fatal is null && _incarnations.InFlight == 0)
            CloseTransaction();
        else
            _fatal ??= new Error(ErrorCode.Local_State, "sends of an aborted transaction have no outcome");
    }

    /// <summary>Not once its commit was asked for: others may then have read the open transaction and be done.</summary>
    private void NoteReads() => Reads?.NoteIn(_transaction is { IsOpen: true } ? _incarnations.Current : null);

    /// <summary>Nothing more will be known of the open transaction; every send of it has its outcome.</summary>
    private void CloseTransaction()
    {
        if (_transaction is { IsOpen: true } transaction)
            End(transaction.IsCommitAsked ? TransactionOutcome.Unknown : TransactionOutcome.Aborted);
    }

    private void End(TransactionOutcome outcome)
    {
        _incarnations.Current.EndTransaction(outcome, _clock.ToWall(_clock.Refresh()));
        _transaction!.End();
        _transfers?.Forget();
    }
}
