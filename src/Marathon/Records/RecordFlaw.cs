namespace Marathon.Records;

/// <summary>Why bytes are not a sound record.</summary>
public enum RecordFlaw
{
    /// <summary>It is sound.</summary>
    None,

    /// <summary>Shorter than <see cref="RecordCodec.MinimumSize"/> bytes.</summary>
    TooShort,

    /// <summary>The first four bytes are not the magic.</summary>
    WrongMagic,

    /// <summary>A format version that this build does not know.</summary>
    UnknownVersion,

    /// <summary>The extension blocks do not fit into the value, or into each other.</summary>
    BadExtension,

    /// <summary>A field has a value that no writer writes: a negative partition, sequence or time.</summary>
    BadField,

    /// <summary>The checksum over key, headers and value is wrong.</summary>
    WrongChecksum,
}
