namespace Marathon.Testbed.Protocol;

/// <summary>A structure with tagged fields that the testbed knows. Unknown tags are skipped in any structure.</summary>
internal interface ITaggedMessage : IMessage
{
    /// <summary>The tags to write in this version, ascending.</summary>
    IEnumerable<int> PresentTags(short version);

    /// <summary>Reads or writes one tagged field; false when the tag is not known.</summary>
    bool ExchangeTag(int tag, Wire wire);
}
