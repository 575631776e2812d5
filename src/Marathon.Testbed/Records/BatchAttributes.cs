namespace Marathon.Testbed.Records;

/// <summary>The attributes of a record batch, format version 2.</summary>
[Flags]
internal enum BatchAttributes : short
{
    None = 0,
    CompressionMask = 0x07,
    LogAppendTime = 0x08,
    Transactional = 0x10,
    Control = 0x20,
    HasDeleteHorizon = 0x40,
}
