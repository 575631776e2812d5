namespace Marathon.Testbed.Protocol;

/// <summary>Which versions of a request the testbed speaks, and from which on it is encoded in the flexible form (KIP-482).</summary>
/// <param name="AdvertisedMinVersion">The lowest version named in ApiVersions; lower than <paramref name="MinVersion"/> only for
/// Produce, as in Apache Kafka 4: older clients take its absence for missing compression support.</param>
internal sealed record ApiSpec(ApiKey Key, short MinVersion, short MaxVersion, short FlexibleFrom, short AdvertisedMinVersion)
{
    private const short Never = short.MaxValue;

    public ApiSpec(ApiKey key, short minVersion, short maxVersion, short flexibleFrom = Never)
        : this(key, minVersion, maxVersion, flexibleFrom, minVersion)
    {
    }

    public bool Supports(short version) => version >= MinVersion && version <= MaxVersion;

    public bool IsFlexible(short version) => version >= FlexibleFrom;

    public short RequestHeaderVersion(short version) => (short)(IsFlexible(version) ? 2 : 1);

    /// <summary>ApiVersions is answered with the old header whatever the version: the client cannot know yet what we speak.</summary>
    public short ResponseHeaderVersion(short version) => (short)(IsFlexible(version) && Key != ApiKey.ApiVersions ? 1 : 0);
}
