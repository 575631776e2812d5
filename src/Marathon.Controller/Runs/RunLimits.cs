using System.Text.Json;
using Marathon.Configuration;
using Marathon.Runs;

namespace Marathon.Controller.Runs;

/// <summary>What a spec says of attempts and time limits: <c>maxAttempts</c>, <c>quorum</c>, <c>maxReplacements</c> and section <c>limits</c>.</summary>
public static class RunLimits
{
    private const int MostAttempts = 10;
    private const int MostReplacements = 1000;
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(400);
    private static readonly string[] s_keys = ["run", "prepare", "warmup", "workload", "verify", "cleanup"];

    /// <summary>The settings of a run with that spec.</summary>
    /// <exception cref="SpecException">Names everything that is wrong with it.</exception>
    public static RunSettings Apply(RunSettings settings, RunSpec spec)
    {
        List<SpecError> errors = [.. spec.Limits.Keys.Where(key => !s_keys.Contains(key))
            .Select(key => new SpecError($"limits.{key}", "there is no such key", Suggestion.For(key, s_keys)))];
        if (spec.MaxAttempts is < 1 or > MostAttempts)
        {
            errors.Add(new SpecError("maxAttempts", $"{spec.MaxAttempts} is not between 1 and {MostAttempts}", "1 tries once, 2 tries once more"));
        }

        if (spec.Quorum is { } quorum && (quorum < 1 || quorum > spec.Workers))
        {
            errors.Add(new SpecError("quorum", $"{quorum} is not between 1 and the number of workers, {spec.Workers}", "give the fewest workers that the run makes sense with"));
        }

        if (spec.MaxReplacements is < 0 or > MostReplacements)
        {
            errors.Add(new SpecError("maxReplacements", $"{spec.MaxReplacements} is not between 0 and {MostReplacements}", "0 replaces nobody; 20 replaces each worker 20 times an hour"));
        }

        RunSettings applied = settings with
        {
            MaxAttempts = spec.MaxAttempts ?? settings.MaxAttempts,
            Quorum = spec.Quorum ?? settings.Quorum,
            MaxReplacements = spec.MaxReplacements ?? settings.MaxReplacements,
            RunWithin = Limit(spec, "run", errors) ?? settings.RunWithin,
            PrepareWithin = Limit(spec, "prepare", errors) ?? settings.PrepareWithin,
            WarmupWithin = Limit(spec, "warmup", errors) ?? settings.WarmupWithin,
            WorkloadWithin = Limit(spec, "workload", errors) ?? settings.WorkloadWithin,
            VerifyWithin = Limit(spec, "verify", errors) ?? settings.VerifyWithin,
            CleanupWithin = Limit(spec, "cleanup", errors) ?? settings.CleanupWithin,
        };
        return errors.Count == 0 ? applied : throw new SpecException(errors);
    }

    private static TimeSpan? Limit(RunSpec spec, string key, List<SpecError> errors)
    {
        if (!spec.Limits.TryGetValue(key, out JsonElement value))
        {
            return null;
        }

        string text = value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText();
        if (QuantityText.TryParseDuration(text, out TimeSpan limit) && limit > TimeSpan.Zero && limit <= s_longest)
        {
            return limit;
        }

        errors.Add(new SpecError($"limits.{key}", $"'{text}' cannot be used", "write a duration above zero of up to 400 days: 90s, 30m, 8h"));
        return null;
    }
}
