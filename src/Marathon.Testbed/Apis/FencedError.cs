using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis;

/// <summary>PRODUCER_FENCED is younger than transactions: older versions of a request know INVALID_PRODUCER_EPOCH instead.</summary>
internal static class FencedError
{
    public static ErrorCode For(ErrorCode error, bool isKnown) =>
        error == ErrorCode.ProducerFenced && !isKnown ? ErrorCode.InvalidProducerEpoch : error;
}
