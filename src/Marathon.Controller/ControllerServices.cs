using Marathon.Controller.Activities;
using Marathon.Controller.Alerts;
using Marathon.Controller.Bus;
using Marathon.Controller.Clusters;
using Marathon.Controller.Evidence;
using Marathon.Controller.Fleets;
using Marathon.Controller.Http;
using Marathon.Controller.Load;
using Marathon.Controller.Loop;
using Marathon.Controller.Measures;
using Marathon.Controller.Orchestrations;
using Marathon.Controller.Reports;
using Marathon.Controller.Runs;
using Marathon.Controller.Storage;
using Marathon.Controller.Topics;
using Marathon.Controller.Workers;
using Marathon.Durable;
using Marathon.Scenarios;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Marathon.Controller;

/// <summary>
/// Everything that a host needs for a controller. The host adds what differs: a <see cref="DurableClient"/> and its engine
/// with <see cref="AddMarathon(DurableTaskRegistry)"/>, cluster providers, a fleet provider, fault injectors; and it may
/// replace the stores, which are files below the data folder.
/// </summary>
public static class ControllerServices
{
    /// <summary>Adds the controller.</summary>
    public static IServiceCollection AddMarathonController(this IServiceCollection services, ControllerOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(ScenarioCatalog.BuiltIn);
        services.TryAddSingleton<RequestBudget>();
        services.TryAddSingleton<IRunStore, FileRunStore>();
        services.TryAddSingleton<IWorkerRegistry, FileWorkerRegistry>();
        services.TryAddSingleton<IHeartbeats, FileHeartbeats>();
        services.TryAddSingleton<IEvidenceStore, FileEvidenceStore>();
        services.TryAddSingleton<ILoopStore, FileLoopStore>();
        services.TryAddSingleton<IReportStore, FileReportStore>();
        services.TryAddSingleton<IRangeRereader, KafkaRangeRereader>();
        services.TryAddSingleton<IClusterAdmin, KafkaClusterAdmin>();
        services.TryAddSingleton<IWorkerBus>(provider => new HttpWorkerBus(
            WorkerHttpClient.Create(),
            provider.GetRequiredService<IRunStore>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<HttpWorkerBus>>()));
        return services
            .AddSingleton(options)
            .AddSingleton(new DataFolder(options.DataFolder))
            .AddSingleton<ControllerEndpoint>()
            .AddSingleton<ClusterProviders>()
            .AddSingleton<ClusterAccess>()
            .AddSingleton<LeadershipSampler>()
            .AddSingleton<WorkerCalls>()
            .AddSingleton<WorkerSignals>()
            .AddSingleton<FleetStarter>()
            .AddSingleton<LifeJudge>()
            .AddSingleton<RunMeasures>()
            .AddSingleton<RunVerification>()
            .AddSingleton<ReportComposer>()
            .AddSingleton<EvidenceOutbox>()
            .AddSingleton<RunAdmission>()
            .AddSingleton<EventBudget>()
            .AddSingleton<IAlertSink, LogAlertSink>()
            .AddTransient<WriteReport>()
            .AddTransient<Publish>();
    }

    /// <summary>Adds every orchestrator and activity.</summary>
    public static DurableTaskRegistry AddMarathon(this DurableTaskRegistry tasks) => tasks
        .AddOrchestrator<RunOrchestrator>()
        .AddOrchestrator<StageOrchestrator>()
        .AddOrchestrator<VerificationOrchestrator>()
        .AddOrchestrator<ConditionWatch>()
        .AddOrchestrator<FleetSupervisor>()
        .AddOrchestrator<ClusterWatch>()
        .AddOrchestrator<LoopOrchestrator>()
        .AddActivity<ReadLoop>()
        .AddActivity<AdmitLoopRun>()
        .AddActivity<RecordLoopVerdict>()
        .AddActivity<BeginAttempt>()
        .AddActivity<EndAttempt>()
        .AddActivity<BeginStage>()
        .AddActivity<EndStage>()
        .AddActivity<ProvisionCluster>()
        .AddActivity<RenewCluster>()
        .AddActivity<ReleaseRun>()
        .AddActivity<CreateTopic>()
        .AddActivity<DeleteTopics>()
        .AddActivity<StartWorkers>()
        .AddActivity<ScaleFleet>()
        .AddActivity<LetGo>()
        .AddActivity<PollFleet>()
        .AddActivity<LookAtFleet>()
        .AddActivity<ReleaseFleet>()
        .AddActivity<SummarizeFleet>()
        .AddActivity<RecordWorkerSignal>()
        .AddActivity<BringUpWorker>()
        .AddActivity<Publish>()
        .AddActivity<ChangeThroughput>()
        .AddActivity<MarkWindow>()
        .AddActivity<Observe>()
        .AddActivity<Assert>()
        .AddActivity<InjectFault>()
        .AddActivity<PollFault>()
        .AddActivity<HealFault>()
        .AddActivity<HealFaults>()
        .AddActivity<CollectEvidence>()
        .AddActivity<SampleStableOffsets>()
        .AddActivity<CheckTimeIndex>()
        .AddActivity<JoinEvidence>()
        .AddActivity<RereadRange>()
        .AddActivity<WriteReport>()
        .AddActivity<TerminateOrchestration>();
}
