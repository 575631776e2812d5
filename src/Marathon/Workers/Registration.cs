namespace Marathon.Workers;

/// <summary>
/// How a worker makes itself known, and how it changes its mind: body of
/// <c>PUT /api/runs/{id}/workers/{workerId}/registration</c>.
/// </summary>
/// <param name="Node">Where it takes commands.</param>
/// <param name="Events">Names of the controller's broadcasts that it wants; it may update the list at any time.</param>
/// <param name="Epoch">Which life of this worker id registers: 1 for the first, one more for each replacement.</param>
/// <param name="Pid">Operating system process id.</param>
/// <param name="ProcessStartedAt">Start of that process; with the pid it names the process for ever.</param>
public sealed record Registration(Node Node, IReadOnlyList<string> Events, int Epoch, int Pid, DateTimeOffset ProcessStartedAt);
