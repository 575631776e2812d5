using Confluent.Kafka;
using Marathon.Kafka.Producing;

namespace Marathon.Kafka.Tests;

public sealed class DefiniteRefusalTests
{
    [Theory]
    [InlineData(ErrorCode.InvalidRecord, true)]
    [InlineData(ErrorCode.MsgSizeTooLarge, true)]
    [InlineData(ErrorCode.Local_MsgTimedOut, false)]
    [InlineData(ErrorCode.NotLeaderForPartition, false)]
    [InlineData(ErrorCode.NotEnoughReplicas, false)]
    [InlineData(ErrorCode.Local_PurgeQueue, false)]
    public void Is_OnlyWhatEveryAttemptWouldHaveMet(ErrorCode code, bool expected) => Assert.Equal(expected, DefiniteRefusal.Is(code));
}
