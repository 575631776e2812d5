namespace Marathon.Azure.Tests.Fakes;

/// <summary>Counts what the process does to the world outside, and may end the process at one of these steps, before or after it took effect.</summary>
public sealed class Death
{
    private int at = int.MaxValue;
    private bool afterEffect;

    public int Steps { get; private set; }

    public bool Happened { get; private set; }

    public void Plan(int step, bool after) => (Steps, at, afterEffect, Happened) = (0, step, after, false);

    public void Never() => (at, Happened) = (int.MaxValue, false);

    /// <summary>Takes a step of the process.</summary>
    public async Task<T> StepAsync<T>(Func<Task<T>> effect)
    {
        if (Happened) throw new ProcessDiedException(at);
        int step = ++Steps;
        if (step == at && !afterEffect) Die();
        T result = await effect();
        if (step == at) Die();
        return result;
    }

    private void Die()
    {
        Happened = true;
        throw new ProcessDiedException(at);
    }
}
