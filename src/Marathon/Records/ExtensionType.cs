namespace Marathon.Records;

/// <summary>What an extension block holds. Readers skip types that they do not know.</summary>
public enum ExtensionType
{
    /// <summary>Where a transform took its input from: <see cref="SourceRecord"/>.</summary>
    Source = 1,

    /// <summary>An amount moved between two keys: <see cref="Transfer"/>.</summary>
    Transfer = 2,
}
