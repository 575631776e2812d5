using Confluent.Kafka;
using Marathon.Records;
using Marathon.Verification;

namespace Marathon.Kafka.Producing;

/// <summary>
/// Taking the transactional id over from itself: a second client does what a replacement of this producer would do while this one
/// still lives, and the first, a zombie now, must not be able to commit.
/// </summary>
internal sealed partial class KafkaProducer
{
    // Each makes an incarnation, and evidence of it that is kept.
    private const int TakeOversAtMost = 256;
    private int _takeOvers;
    private long? _takeOverAt;

    private bool IsTakeOverDue()
    {
        if (_spec.Transactions.TakeOverMilliseconds is not { } every || IsLeaving || _takeOvers == TakeOversAtMost)
            return false;
        var interval = (long)(every * RecordTime.NanosecondsPerMillisecond);
        _takeOverAt ??= _clock.Now + interval;
        if (_clock.Now < _takeOverAt)
            return false;
        _takeOverAt = _clock.Now + interval;
        return true;
    }

    /// <summary>
    /// The open transaction, all of whose sends are acknowledged, gets no commit in time: it is aborted by the successor, and the
    /// zombie asks to commit it only when the successor has begun a transaction of its own.
    /// </summary>
    private void TakeOverFromItself(OpenTransaction transaction, ProducerLedger ledger, TimeSpan within)
    {
        _takeOvers++;
        var zombie = _client;
        _client = Connect();
        try
        {
            if ((_fatal = TryTakeOver()) is not null || !TryBegin())
                return;
            var beganAt = _clock.ToWall(_clock.Refresh());
            ledger.EndingTransaction(_clock.ToWall(_clock.Refresh()));
            var refusal = _calls!.Call(zombie.CommitTransaction, within);

            // Whatever the answer to the zombie: the id was taken over before it asked, so what is not committed never will be.
            End(refusal is null ? TransactionOutcome.Committed : TransactionOutcome.Aborted);
            Succeed(refusal is null ? "its transactional id was taken over, and a zombie could commit" : "its transactional id was taken over");
            transaction.Begin(_incarnations.Current.BeginTransaction(beganAt), _clock.Now);
        }
        finally
        {
            zombie.Dispose();
        }
    }

    private bool TryBegin()
    {
        try
        {
            _client.BeginTransaction();
            return true;
        }
        catch (KafkaException error)
        {
            _fatal = error.Error;
            return false;
        }
    }
}
