using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Marathon.Durable;

/// <summary>
/// The orchestrators and activities of an application, by name (case does not matter). Every host takes one.
/// Classes are created by the host's services.
/// </summary>
public sealed partial class DurableTaskRegistry
{
    private readonly Dictionary<TaskName, TaskRegistration<IOrchestrator>> _orchestrators = [];
    private readonly Dictionary<TaskName, TaskRegistration<IActivity>> _activities = [];

    public IReadOnlyCollection<TaskRegistration<IOrchestrator>> Orchestrators => _orchestrators.Values;

    public IReadOnlyCollection<TaskRegistration<IActivity>> Activities => _activities.Values;

    public bool TryGetOrchestrator(TaskName name, [NotNullWhen(true)] out TaskRegistration<IOrchestrator>? registration) =>
        _orchestrators.TryGetValue(name, out registration);

    public bool TryGetActivity(TaskName name, [NotNullWhen(true)] out TaskRegistration<IActivity>? registration) =>
        _activities.TryGetValue(name, out registration);

    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public DurableTaskRegistry AddOrchestrator(TaskName name, Func<IServiceProvider, IOrchestrator> factory) =>
        Add(_orchestrators, new(name, null, factory), "orchestrator");

    public DurableTaskRegistry AddOrchestrator<TOrchestrator>(TaskName name = default)
        where TOrchestrator : class, IOrchestrator =>
        Add(_orchestrators, Of<TOrchestrator, IOrchestrator>(name), "orchestrator");

    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public DurableTaskRegistry AddActivity(TaskName name, Func<IServiceProvider, IActivity> factory) =>
        Add(_activities, new(name, null, factory), "activity");

    public DurableTaskRegistry AddActivity<TActivity>(TaskName name = default)
        where TActivity : class, IActivity =>
        Add(_activities, Of<TActivity, IActivity>(name), "activity");

    private static TaskRegistration<TTask> Of<TClass, TTask>(TaskName name)
        where TClass : class, TTask
    {
        TaskName own = name != default ? name : typeof(TClass).GetCustomAttribute<DurableTaskAttribute>()?.Name ?? typeof(TClass).Name;
        ObjectFactory<TClass> create = ActivatorUtilities.CreateFactory<TClass>([]);
        return new(own, typeof(TClass), services => create(services, null));
    }

    private DurableTaskRegistry Add<T>(Dictionary<TaskName, TaskRegistration<T>> to, TaskRegistration<T> registration, string kind)
    {
        if (registration.Name == default)
            throw new ArgumentException($"An {kind} needs a name.", nameof(registration));
        if (!to.TryAdd(registration.Name, registration))
            throw new ArgumentException($"An {kind} named '{registration.Name}' is already added.", nameof(registration));
        return this;
    }
}
