using Marathon.Testbed.Records;

namespace Marathon.Testbed.Tests.Records;

public sealed class BatchRoundTripTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void WriteAndRead_OfRandomRecords_GivesThemBackWithAGoodCrc(int compression)
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var records = Enumerable.Range(0, random.Next(1, 50)).Select(i => new LogRecord(
                1000 + i, 5_000 + random.Next(-100, 100), Bytes(random), Bytes(random), LogRecord.NoHeaders)).ToList();
            var header = new RecordBatchHeader
            {
                BaseOffset = 1000,
                LastOffsetDelta = records.Count - 1,
                Attributes = (BatchAttributes)compression,
                BaseTimestamp = 5_000,
                MaxTimestamp = records.Max(record => record.Timestamp),
                ProducerId = random.Next(-1, 1000),
                ProducerEpoch = 1,
                BaseSequence = 7,
            };
            var batch = BatchWriter.Write(header, records);
            Assert.True(BatchValidation.Check(batch, batch.Length, out var read) == default, $"seed {seed}, round {round}");
            Assert.Equal(header.ProducerId, read.ProducerId);
            var again = BatchReader.Records(batch);
            Assert.True(records.Zip(again).All(pair => Same(pair.First, pair.Second)) && again.Count == records.Count, $"seed {seed}, round {round}");
        }
    }

    [Fact]
    public void Read_OfBrokenBatches_SaysSoAndNothingWorse()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var round = 0; round < 5_000; round++)
        {
            var batch = BatchWriter.Write([(Bytes(random), Bytes(random)), (Bytes(random), Bytes(random))], 1);
            for (var changes = random.Next(1, 5); changes > 0; changes--)
                batch[random.Next(RecordBatchHeader.Size, batch.Length)] = (byte)random.Next(256);
            batch[22] = (byte)random.Next(0, 5);
            try
            {
                Assert.NotNull(BatchReader.Records(batch));
            }
            catch (InvalidDataException)
            {
                // As it should say.
            }
            catch (Exception other)
            {
                Assert.Fail($"seed {seed}, round {round}: {other}");
            }
        }
    }

    private static ReadOnlyMemory<byte>? Bytes(Random random)
    {
        if (random.Next(5) == 0)
            return null;
        var bytes = new byte[random.Next(0, 200)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static bool Same(LogRecord a, LogRecord b) =>
        a.Offset == b.Offset && a.Timestamp == b.Timestamp && Same(a.Key, b.Key) && Same(a.Value, b.Value)
        && a.RawHeaders.Span.SequenceEqual(b.RawHeaders.Span);

    private static bool Same(ReadOnlyMemory<byte>? a, ReadOnlyMemory<byte>? b) =>
        a.HasValue == b.HasValue && (a is null || a.Value.Span.SequenceEqual(b!.Value.Span));
}
