namespace Marathon.Testbed.Protocol;

/// <summary>
/// A request, a response, or a structure inside one. <see cref="Exchange"/> names its fields once, in wire order, and serves both
/// directions: on a <see cref="WireWriter"/> every call writes the value given and returns it, on a <see cref="WireReader"/> it
/// returns the value read.
/// </summary>
internal interface IMessage
{
    void Exchange(Wire wire);
}
