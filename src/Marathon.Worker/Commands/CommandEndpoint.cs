using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Marathon.Configuration;
using Marathon.Workers;
using Marathon.Workers.Commands;
using Marathon.Workers.Load;

namespace Marathon.Worker.Commands;

/// <summary><c>POST /commands/{name}</c>: reads a command, makes it happen once, answers.</summary>
public sealed class CommandEndpoint(CommandLedger ledger, ICommandTarget target, ILogger<CommandEndpoint> logger)
{
    /// <summary>The largest body; a load spec that carries the evidence of the worker before it is the largest there is.</summary>
    public const int MaximumBodyBytes = 64 << 20;

    private const int MaximumIdLength = 128;
    private static readonly Dictionary<string, WorkerCommand> s_commands = Enum.GetValues<WorkerCommand>()
        .ToDictionary(command => JsonNamingPolicy.KebabCaseLower.ConvertName(command.ToString()), StringComparer.Ordinal);

    /// <summary>Names of the commands, as in the URI.</summary>
    public static IReadOnlyCollection<string> Names => s_commands.Keys;

    /// <summary>Name of the notice of preemption.</summary>
    public static string Preempt { get; } = s_commands.First(command => command.Value == WorkerCommand.Preempt).Key;

    /// <summary>Handles a request whose sender is known.</summary>
    public async Task<IResult> HandleAsync(string name, HttpRequest request)
    {
        try
        {
            if (!s_commands.TryGetValue(name, out var command))
                throw new CommandRefusedException(StatusCodes.Status404NotFound, $"there is no command '{name}'", $"use one of {string.Join(", ", Names)}");
            var id = Id(request);
            var body = await CommandBody.ReadAsync(request);
            var carryOut = Bind(command, body);
            logger.CommandReceived(name, id);
            var answer = await ledger.RunAsync(id, $"{name} {Convert.ToHexString(SHA256.HashData(body))}", () => CarryOutAsync(id, carryOut));
            return Results.Json(answer, WorkerJson.Default.CommandAnswer);
        }
        catch (CommandRefusedException refusal)
        {
            logger.CommandRefused(name, refusal.Message);
            return Problem(refusal.Status, refusal.Message, refusal.Remedy, refusal.Field);
        }
        catch (SpecException refusal)
        {
            logger.CommandRefused(name, refusal.Message);
            var first = refusal.Errors[0];
            return Problem(StatusCodes.Status400BadRequest, refusal.Message, first.Remedy, first.Field);
        }
        catch (LoadException failure)
        {
            logger.CommandFailed(name, failure);
            return Problem(StatusCodes.Status503ServiceUnavailable, failure.Message, "see to the system under test and send the command again");
        }
    }

    /// <summary>A problem of RFC 9457 with the field and the remedy.</summary>
    public static IResult Problem(int status, string detail, string remedy, string? field = null) => Results.Problem(
        detail,
        statusCode: status,
        extensions: new Dictionary<string, object?>
        {
            ["field"] = field,
            ["remedy"] = remedy,
            ["traceId"] = Activity.Current?.TraceId.ToString(),
        }.Where(entry => entry.Value is not null));

    private Func<CancellationToken, Task> Bind(WorkerCommand command, byte[] body)
    {
        switch (command)
        {
            case WorkerCommand.Initialise:
                var spec = CommandBody.Parse(body, WorkerJson.Default.LoadSpec);
                return cancellation => target.InitialiseAsync(spec, cancellation);
            case WorkerCommand.Start:
                return target.StartAsync;
            case WorkerCommand.Throughput:
                var change = CommandBody.Parse(body, WorkerJson.Default.ThroughputChange);
                return cancellation => target.ChangeThroughputAsync(change.RatePerSecond, cancellation);
            case WorkerCommand.Measure:
                return target.BeginMeasurementAsync;
            case WorkerCommand.PauseConsumption:
                return target.PauseConsumptionAsync;
            case WorkerCommand.ResumeConsumption:
                return target.ResumeConsumptionAsync;
            case WorkerCommand.Stop:
                var stop = CommandBody.Parse(body, WorkerJson.Default.StopLoad);
                return cancellation => target.StopAsync(Flush(stop), cancellation);
            case WorkerCommand.Evidence:
                return target.StoreEvidenceAsync;
            case WorkerCommand.Shutdown:
                return target.ShutdownAsync;
            case WorkerCommand.Preempt:
                return _ => target.PreemptAsync();
            default:
                throw new UnreachableException($"command {command}");
        }
    }

    /// <summary>A command goes on when its sender has hung up: it is the worker's end that cancels it.</summary>
    private async Task<CommandAnswer> CarryOutAsync(string id, Func<CancellationToken, Task> carryOut)
    {
        await carryOut(target.Ending);
        return new CommandAnswer(id, target.Phase, target.StoredCheckpoint);
    }

    private static string Id(HttpRequest request)
    {
        var id = request.Headers[WorkerProtocol.CommandIdHeader];
        return id.Count == 1 && id[0] is { Length: > 0 and <= MaximumIdLength } text
            ? text
            : throw new CommandRefusedException(
                StatusCodes.Status400BadRequest,
                $"the header {WorkerProtocol.CommandIdHeader} must be there once, with 1 to {MaximumIdLength} characters",
                "send a new id with every command, and the same one when sending it again",
                WorkerProtocol.CommandIdHeader);
    }

    private static TimeSpan Flush(StopLoad stop) => stop.FlushSeconds is >= 0 and <= 3600
        ? TimeSpan.FromSeconds(stop.FlushSeconds)
        : throw new CommandRefusedException(StatusCodes.Status400BadRequest, $"flushSeconds is {stop.FlushSeconds}", "use 0 to 3600", "flushSeconds");
}
