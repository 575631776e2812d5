using System.Text.Json.Serialization;

namespace Marathon.Durable.Embedded.Tests.Crash;

/// <summary>A step of a made-up orchestration.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(Work), "work")]
[JsonDerivedType(typeof(Wait), "wait")]
[JsonDerivedType(typeof(Child), "child")]
[JsonDerivedType(typeof(All), "all")]
[JsonDerivedType(typeof(Flaky), "flaky")]
[JsonDerivedType(typeof(Mail), "mail")]
[JsonDerivedType(typeof(Race), "race")]
[JsonDerivedType(typeof(Again), "again")]
public abstract record Step;

/// <summary>Calls an activity.</summary>
public sealed record Work(int Number) : Step;

/// <summary>Waits on a timer.</summary>
public sealed record Wait(int Seconds) : Step;

/// <summary>Calls a sub-orchestration.</summary>
public sealed record Child(Step[] Steps) : Step;

/// <summary>Calls activities at once.</summary>
public sealed record All(int Count) : Step;

/// <summary>Calls an activity that fails so many times, with retries.</summary>
public sealed record Flaky(int Number, int Failures) : Step;

/// <summary>Sends itself events, then reads them.</summary>
public sealed record Mail(int Count) : Step;

/// <summary>Whichever comes first of a short timer and a long one, which is cancelled.</summary>
public sealed record Race : Step;

/// <summary>Continues as new with what is left to do.</summary>
public sealed record Again : Step;

public static class RandomProgram
{
    public static Step[] Create(int seed) => Steps(new Random(seed), 5, depth: 0);

    private static Step[] Steps(Random random, int count, int depth) => [.. Enumerable.Range(0, count).Select(_ => Next(random, depth))];

    private static Step Next(Random random, int depth) => random.Next(8) switch
    {
        0 => new Work(random.Next(100)),
        1 => new Wait(random.Next(1, 100)),
        2 when depth < 2 => new Child(Steps(random, random.Next(1, 3), depth + 1)),
        3 => new All(random.Next(2, 5)),
        4 => new Flaky(random.Next(100), random.Next(1, 3)),
        5 => new Mail(random.Next(1, 4)),
        6 => new Race(),
        7 => new Again(),
        _ => new Work(random.Next(100)),
    };
}
