using Marathon.Durable;
using Sdk = Microsoft.DurableTask;

namespace Marathon.Functions.Durable;

/// <summary>
/// Makes functions of everything in our registry, under the same names: the extension turns each entry of the SDK's
/// registry into an orchestration or activity trigger.
/// </summary>
internal static class DurableTaskExposure
{
    /// <param name="tasks">The SDK's registry.</param>
    /// <param name="registry">Ours.</param>
    /// <param name="services">Services for orchestrators, which must not depend on the invocation; activities get those of their invocation.</param>
    public static void Expose(this Sdk.DurableTaskRegistry tasks, DurableTaskRegistry registry, IServiceProvider services)
    {
        foreach (TaskRegistration<IOrchestrator> orchestrator in registry.Orchestrators)
        {
            tasks.AddOrchestrator(orchestrator.Name.Name, () => new OrchestratorAdapter(orchestrator.Factory(services)));
        }

        foreach (TaskRegistration<IActivity> activity in registry.Activities)
        {
            tasks.AddActivity(activity.Name.Name, invocation => new ActivityAdapter(activity.Factory(invocation)));
        }
    }
}
