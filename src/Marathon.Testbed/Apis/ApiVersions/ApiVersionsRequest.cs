using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Apis.ApiVersions;

internal sealed class ApiVersionsRequest : IMessage
{
    public string ClientSoftwareName { get; set; } = "";

    public string ClientSoftwareVersion { get; set; } = "";

    public void Exchange(Wire wire)
    {
        if (wire.Version < 3)
            return;
        ClientSoftwareName = wire.String(ClientSoftwareName);
        ClientSoftwareVersion = wire.String(ClientSoftwareVersion);
    }
}
