using System.Net;
using Marathon.Workers;

namespace Marathon.Controller.Http;

/// <summary>Checks what workers send beyond its form.</summary>
internal static class WorkerInput
{
    private const int NameLength = 200, DetailLength = 4096, EventNamesAtMost = 50, PositionsAtMost = 20_000;

    public static void Check(Registration registration)
    {
        Require(registration.Node.Address is { Length: > 0 and <= 255 } && Uri.CheckHostName(registration.Node.Address) != UriHostNameType.Unknown,
            "node.address", "is no host name or IP address", "give the address that the controller reaches the worker at");
        Require(registration.Node.Port is >= 1 and <= 65535, "node.port", "is not between 1 and 65535", "give the port that the worker listens on");
        Require(
            registration.Node.CertificateSha256 is { } digest ? digest.Length == 64 && digest.All(char.IsAsciiHexDigit) : IsLoopback(registration.Node.Address),
            "node.certificateSha256", "is missing, or no SHA-256 in hex", "beyond loopback a worker is reached by TLS alone: give the digest of its certificate");
        Require(registration.Epoch >= 1, "epoch", "is below 1", "give the epoch of the command line");
        Require(registration.Pid >= 1, "pid", "is below 1", "give the process id");
        Require(registration.Events.Count <= EventNamesAtMost && registration.Events.All(e => e is { Length: <= NameLength }), "events", "are too many or too long", $"give at most {EventNamesAtMost} names");
    }

    public static void Check(Heartbeat heartbeat)
    {
        Require(heartbeat.Epoch >= 1, "epoch", "is below 1", "give the epoch of the command line");
        Require(heartbeat.Number >= 1, "number", "is below 1", "count heartbeats from 1");
        Require(double.IsFinite(heartbeat.CpuSeconds) && heartbeat.CpuSeconds >= 0, "cpuSeconds", "is negative", "give seconds of processor time");
        Require(heartbeat.Positions.Count <= PositionsAtMost && heartbeat.Positions.All(p => p is not null), "positions", "are too many, or null", $"give at most {PositionsAtMost}");
        Require((heartbeat.Error?.Length ?? 0) <= DetailLength, "error", "is too long", $"give at most {DetailLength} characters");
        LoadCounters c = heartbeat.Counters;
        Require(
            c is { Sent: >= 0, Acked: >= 0, Failed: >= 0, Indeterminate: >= 0, Received: >= 0, BytesAcked: >= 0, BytesReceived: >= 0, Scheduled: >= 0 },
            "counters", "one is negative", "give cumulative counts");
    }

    public static void Check(WorkerEvent told)
    {
        Require(told.EventId is { Length: > 0 and <= NameLength }, "eventId", "is empty or too long", $"give an id of at most {NameLength} characters");
        Require((told.Detail?.Length ?? 0) <= DetailLength, "detail", "is too long", $"give at most {DetailLength} characters");
    }

    private static bool IsLoopback(string address) =>
        address.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(address, out IPAddress? ip) && IPAddress.IsLoopback(ip));

    private static void Require(bool holds, string field, string problem, string remedy)
    {
        if (!holds)
        {
            throw ProblemException.Invalid(field, problem, remedy);
        }
    }
}
