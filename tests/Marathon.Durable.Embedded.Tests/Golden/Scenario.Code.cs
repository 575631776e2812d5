namespace Marathon.Durable.Embedded.Tests.Golden;

public sealed partial class Scenario
{
    /// <summary>Registers the orchestrator, called O unless named; entries are counted under its name.</summary>
    public void O<TOutput>(Func<OrchestrationContext, Task<TOutput>> orchestrator, string name = "O") =>
        O<object?, TOutput>((context, _) => orchestrator(context), name);

    public void O<TInput, TOutput>(Func<OrchestrationContext, TInput, Task<TOutput>> orchestrator, string name = "O") =>
        Registry.AddOrchestratorFunc<TInput, TOutput>(name, (context, input) =>
        {
            Count(name);
            return orchestrator(context, input);
        });

    /// <summary>Registers an activity; calls are counted under its name.</summary>
    public void A<TInput, TOutput>(string name, Func<TInput, Task<TOutput>> activity) =>
        Registry.AddActivityFunc<TInput, TOutput>(name, (_, input) =>
        {
            Count(name);
            return activity(input);
        });

    public void A<TOutput>(string name, Func<Task<TOutput>> activity) => A<object?, TOutput>(name, _ => activity());

    public void A(string name, Func<Task> activity) => A<object?, object?>(name, async _ =>
    {
        await activity();
        return null;
    });

    /// <summary>An activity that throws.</summary>
    public void Throws(string name, Func<Exception> exception) =>
        A<object?, object?>(name, _ => Task.FromException<object?>(Thrown(exception())));

    /// <summary>The activity Ok, which returns null.</summary>
    public void Ok(string name = "Ok") => A<object?, object?>(name, _ => Task.FromResult<object?>(null));

    /// <summary>The activity Slow, held by a gate until the test opens that; then it returns the value.</summary>
    public Gate Slow(string? result = null, string name = "Slow")
    {
        Gate gate = NewGate();
        A(name, async () =>
        {
            await gate.WaitAsync();
            return result;
        });
        return gate;
    }

    // With a stack trace, as if thrown where it was made.
    private static Exception Thrown(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
