using System.Text.Json;
using Marathon.Workers.Commands;

namespace Marathon.Controller.Bus;

/// <summary>A command for a worker.</summary>
/// <param name="CommandId">Makes it happen once, however often it is sent.</param>
/// <param name="Command">What to do.</param>
/// <param name="Body">The command's body; null where it has none.</param>
public sealed record WorkerMessage(string CommandId, WorkerCommand Command, JsonElement? Body = null);
