using System.Security.Cryptography;
using Marathon.Configuration;
using Marathon.Controller.Activities;
using Marathon.Controller.Clusters;
using Marathon.Controller.Loop;
using Marathon.Controller.Orchestrations;
using Marathon.Controller.Storage;
using Marathon.Durable;
using Marathon.Faults;
using Marathon.Runs;
using Marathon.Scenarios;
using Microsoft.Extensions.Logging;

namespace Marathon.Controller.Runs;

/// <summary>Takes runs in: checks everything about a spec before a run id exists, then starts the run's orchestration.</summary>
public sealed class RunAdmission(
    IRunStore runs, ScenarioCatalog catalog, ClusterProviders providers, IEnumerable<IFaultInjector> injectors, DurableClient client, WriteReport reports, ControllerOptions options, TimeProvider time, ILogger<RunAdmission> logger)
{
    private const int TokenBytes = 32;

    // Whoever asked for it has long given up by then.
    private static readonly TimeSpan s_startsWithin = TimeSpan.FromDays(7);

    /// <summary>Starts a run; answers its record.</summary>
    /// <exception cref="SpecException">Names everything that is wrong with the spec.</exception>
    public async Task<RunRecord> StartAsync(RunSpec spec, CancellationToken cancellationToken)
    {
        RunRecord run = await AdmitAsync(spec, RunId.Create(spec.Scenario, time), null, cancellationToken);
        await ScheduleAsync(run, cancellationToken);
        return run;
    }

    /// <summary>Checks a spec and writes the run's record, but leaves its orchestration to the caller; the same run again changes nothing.</summary>
    /// <exception cref="SpecException">Names everything that is wrong with the spec.</exception>
    public async Task<RunRecord> AdmitAsync(RunSpec spec, string runId, string? startedBy, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(runId, cancellationToken) is { } known)
        {
            return known;
        }

        await CheckAsync(spec, cancellationToken);
        RunSpec seeded = spec with { Seed = spec.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue) };
        RunRecord run = new() { RunId = runId, Spec = seeded, Settings = RunLimits.Apply(options.Runs, spec), CreatedAt = time.GetUtcNow(), StartedBy = startedBy };
        await runs.CreateAsync(run, RandomNumberGenerator.GetHexString(TokenBytes * 2, lowercase: true), cancellationToken);
        ControllerTelemetry.RunStarted(spec.Scenario);
        logger.RunAccepted(run.RunId, spec.Scenario, spec.Cluster);
        return run;
    }

    /// <summary>
    /// Starts the orchestrations of runs that were accepted by a controller that died before it could, and reports those
    /// whose orchestration has ended without doing so, or is gone: ended ones are kept for a month.
    /// </summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        foreach (RunRecord run in await runs.ListAsync(cancellationToken))
        {
            if (run.End is not null)
            {
                continue;
            }

            OrchestrationMetadata? instance = await client.GetInstanceAsync(run.RunId, cancellationToken);
            bool begun = run.Attempt > 0;
            if (instance is { IsCompleted: true })
            {
                await ReportAsync(run, $"the run's orchestration ended without a report: {instance.FailureDetails?.ErrorMessage ?? instance.RuntimeStatus.ToString()}");
            }
            else if (instance is null && begun)
            {
                await ReportAsync(run, "the run's orchestration is gone: it ended long ago without a report, or its database was removed");
            }
            else if (instance is null && run.StartedBy is null && time.GetUtcNow() - run.CreatedAt > s_startsWithin)
            {
                await ReportAsync(run, $"the run was accepted and no controller began it within {s_startsWithin.TotalDays:0} days");
            }
            else
            {
                if (instance is null && run.StartedBy is null)
                {
                    await ScheduleAsync(run, cancellationToken);
                }

                logger.RunResumed(run.RunId);
            }
        }
    }

    /// <summary>Checks a spec without starting it.</summary>
    /// <exception cref="SpecException">Names everything that is wrong with it.</exception>
    public async Task CheckAsync(RunSpec spec, CancellationToken cancellationToken)
    {
        List<SpecError> errors = [.. Own(spec)];
        Collect(errors, () => LoopPolicy.Of(spec));
        Collect(errors, () => RunLimits.Apply(options.Runs, spec));
        Collect(errors, () => CheckConfig(errors, catalog.Get(spec.Scenario).Bind(spec)));
        try
        {
            await providers.For(spec.Cluster).CheckAsync(ClusterProviders.Request("", spec), cancellationToken);
        }
        catch (SpecException error)
        {
            errors.AddRange(error.Errors);
        }

        if (errors.Count > 0)
        {
            throw new SpecException([.. errors.DistinctBy(e => (e.Field, e.Problem))]);
        }
    }

    private static IEnumerable<SpecError> Own(RunSpec spec)
    {
        if (spec.Workers is < 1 or > 1000)
        {
            yield return new SpecError("workers", $"{spec.Workers} is not between 1 and 1000", "give the number of workers, 1 or more");
        }

        if (spec.Brokers is < 1 or > 100)
        {
            yield return new SpecError("brokers", $"{spec.Brokers} is not between 1 and 100", "give the number of brokers, 1 or more");
        }

        if (spec.Lies.Count > 0 && spec.Cluster != "testbed")
        {
            yield return new SpecError("lies", $"cluster '{spec.Cluster}' cannot be told to lie", "run with cluster testbed, or without lies");
        }

        foreach (string lie in spec.Lies)
        {
            if (Problem(() => LieSpec.Parse(lie ?? "")) is { } problem)
            {
                yield return new SpecError("lies", problem, "write KIND or KIND:key=value,key=value");
            }
        }
    }

    private void CheckConfig(List<SpecError> errors, WorkloadConfig config)
    {
        if (config.StrikesWorkers && !injectors.Any(i => i.Serves(FaultRole.Worker, "")))
        {
            errors.Add(new SpecError("config.role", "the workers here are no machines that could be broken", "aim at leader, follower or any, or run where the fleet is a scale set"));
        }

        if (config.Warmup + config.Duration + config.DrainWithin > options.TokenLifetime)
        {
            errors.Add(new SpecError(
                "duration", $"the token of a run expires {options.TokenLifetime.TotalDays:0} days after its start, and this run would take longer", "shorten it, or give the loop several runs"));
        }

        if (config.Topic is { } topic && (topic.Length is 0 or > 200 || topic is "." or ".." || !topic.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')))
        {
            errors.Add(new SpecError("config.topic", $"'{topic}' cannot name a topic", "use letters, digits, '.', '_' and '-', at most 200 of them"));
        }
    }

    private static void Collect(List<SpecError> errors, Action check)
    {
        try
        {
            check();
        }
        catch (SpecException error)
        {
            errors.AddRange(error.Errors);
        }
    }

    private static string? Problem(Action parse)
    {
        try
        {
            parse();
            return null;
        }
        catch (FormatException error)
        {
            return error.Message;
        }
    }

    // One run that cannot be reported must not keep the controller from the others.
    private async Task ReportAsync(RunRecord run, string reason)
    {
        try
        {
            await reports.WriteAsync(new WriteReportRequest(run.RunId, RunOutcome.Failed, reason));
        }
        catch (Exception error) when (error is SpecException or StorageException)
        {
            logger.RunUnreported(run.RunId, error);
        }
    }

    private Task<string> ScheduleAsync(RunRecord run, CancellationToken cancellationToken) => client.ScheduleNewOrchestrationInstanceAsync(
        nameof(RunOrchestrator), new RunInput(run.RunId, run.Spec, run.Settings), new StartOrchestrationOptions { InstanceId = run.RunId }, cancellationToken);
}
