namespace Marathon.Controller;

/// <summary>Where workers reach this controller; the host sets it once its server listens.</summary>
public sealed class ControllerEndpoint
{
    private volatile Uri? address;

    /// <summary>The base address.</summary>
    /// <exception cref="InvalidOperationException">The server does not listen yet.</exception>
    public Uri Address
    {
        get => address ?? throw new InvalidOperationException("the controller's address is not known yet: its server has not started");
        set => address = value;
    }
}
