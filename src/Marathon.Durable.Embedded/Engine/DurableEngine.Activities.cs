using System.Diagnostics;
using Marathon.Durable.Embedded.Replay;
using Marathon.Durable.Embedded.Storage;
using Marathon.Durable.History;
using Microsoft.Extensions.DependencyInjection;

namespace Marathon.Durable.Embedded.Engine;

internal sealed partial class DurableEngine
{
    private async Task RunActivitiesAsync()
    {
        try
        {
            await foreach (ActivityWork work in _activities.Reader.ReadAllAsync(_stopping.Token))
                await RunAsync(work);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // What is still in the channel is in the store too.
        }
    }

#pragma warning disable CA1031 // Nobody awaits an activity: what escapes it is reported here.
    private async Task RunAsync(ActivityWork work)
    {
        Interlocked.Increment(ref _runningActivities);
        try
        {
            if (!_slots.ContainsKey(work.InstanceKey))
                return;
            HistoryEvent result = await ExecuteAsync(work);
            await PersistAsync(() => WriteAsync((session, effects) => Complete(session, effects, work, result)));
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            // Its result was not committed: it runs again after the next start.
        }
        catch (Exception e)
        {
            Logs.ActivityStuck(_logger, e, work.Name, work.InstanceId);
        }
        finally
        {
            Interlocked.Decrement(ref _runningActivities);
            Gauge.Exit();
        }
    }

    private async Task<HistoryEvent> ExecuteAsync(ActivityWork work)
    {
        using Activity? span = Telemetry.StartActivity(work);
        TaskFailureDetails failure;
        try
        {
            if (_options.Registry.TryGetActivity(work.Name, out TaskRegistration<IActivity>? registration))
            {
                string? result = await InvokeAsync(work, registration);
                Telemetry.Finished(work, failed: false);
                return new TaskCompletedEvent(-1, Now, work.TaskId, result);
            }

            failure = FailureTypes.NoActivity(work.Name);
        }
        catch (Exception e)
        {
            failure = TaskFailureDetails.FromException(e);
        }

        span?.SetStatus(ActivityStatusCode.Error, failure.ErrorMessage);
        Telemetry.Finished(work, failed: true);
        Logs.ActivityFailed(_logger, work.Name, work.InstanceId, failure);
        return new TaskFailedEvent(-1, Now, work.TaskId, failure);
    }
#pragma warning restore CA1031

    private async Task<string?> InvokeAsync(ActivityWork work, TaskRegistration<IActivity> registration)
    {
        IServiceScopeFactory? scopes = (IServiceScopeFactory?)_episodes.Services.GetService(typeof(IServiceScopeFactory));
        await using AsyncServiceScope? scope = scopes?.CreateAsyncScope();
        IActivity activity = registration.Factory(scope?.ServiceProvider ?? _episodes.Services);
        object? input = Converter.Deserialize(work.Input, activity.InputType);
        string? result = Converter.Serialize(await activity.RunAsync(new RunningActivityContext(work), input));
        PayloadLimits.Check(result, $"The result of activity '{work.Name}'");
        return result;
    }

    /// <summary>A result reaches its caller only while that still runs the execution that asked for it.</summary>
    private static bool Complete(StoreSession session, Effects effects, ActivityWork work, HistoryEvent result)
    {
        if (!session.RemoveTask(work.Sequence))
            return false;
        if (session.Find(work.InstanceKey) is not { IsActive: true } caller || caller.ExecutionId != work.ExecutionId)
            return false;
        effects.Deliver(session, work.InstanceKey, result);
        return true;
    }

    private sealed class RunningActivityContext(ActivityWork work) : ActivityContext
    {
        public override TaskName Name => work.Name;

        public override string InstanceId => work.InstanceId;
    }
}
