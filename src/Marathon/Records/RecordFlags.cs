namespace Marathon.Records;

/// <summary>Bits of a record's flags byte.</summary>
[Flags]
public enum RecordFlags : byte
{
    /// <summary>Nothing special.</summary>
    None = 0,

    /// <summary>
    /// The producer set the record's CreateTime itself, to the actual send time in whole milliseconds, rounded down; so the
    /// reader can tell when somebody altered it.
    /// </summary>
    CreateTimeSet = 1,

    /// <summary>The last record of its transaction: <see cref="RecordHeader.TransactionIndex"/> + 1 is the transaction's size.</summary>
    LastOfTransaction = 2,
}
