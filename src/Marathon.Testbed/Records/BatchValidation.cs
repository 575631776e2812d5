using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Records;

/// <summary>What a broker checks of a batch before it appends it. Records inside stay closed: nothing is decompressed.</summary>
internal static class BatchValidation
{
    /// <summary>Checks that <paramref name="records"/> is exactly one whole, uncorrupted batch, as a produce request must bring.</summary>
    public static ErrorCode Check(ReadOnlySpan<byte> records, int maxMessageBytes, out RecordBatchHeader header)
    {
        header = default;
        if (records.Length < RecordBatchHeader.Size)
            return ErrorCode.CorruptMessage;
        header = RecordBatchHeader.Read(records);
        if (header.Magic != 2)
            return ErrorCode.UnsupportedForMessageFormat;
        if (header.SizeInBytes != records.Length)
            return header.SizeInBytes >= RecordBatchHeader.Size && header.SizeInBytes < records.Length
                ? ErrorCode.InvalidRecord
                : ErrorCode.CorruptMessage;
        if (header.SizeInBytes > maxMessageBytes)
            return ErrorCode.MessageTooLarge;
        if (header.Crc != Crc32C.Of(records[RecordBatchHeader.AttributesPosition..]))
            return ErrorCode.CorruptMessage;
        return CheckFields(header);
    }

    private static ErrorCode CheckFields(in RecordBatchHeader header)
    {
        if (header.RecordCount <= 0 || header.LastOffsetDelta != header.RecordCount - 1)
            return ErrorCode.InvalidRecord;
        if (header.IsControl)
            return ErrorCode.InvalidRecord;
        if (header.HasProducerId && (header.BaseSequence < 0 || header.ProducerEpoch < 0))
            return ErrorCode.InvalidRecord;
        if (header.IsTransactional && !header.HasProducerId)
            return ErrorCode.InvalidRecord;
        return header.Compression > Compression.Zstd ? ErrorCode.UnsupportedCompressionType : ErrorCode.None;
    }
}
