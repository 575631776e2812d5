using System.Text.Json;
using Cronos;
using Marathon.Configuration;
using Marathon.Runs;

namespace Marathon.Controller.Loop;

/// <summary>How the loop treats one entry: section <c>loop</c> of its spec.</summary>
/// <param name="OnViolation"><c>onViolation</c>: what follows a violation.</param>
/// <param name="Pause"><c>pause</c>: how long to wait after the run before the next begins.</param>
/// <param name="Schedule"><c>schedule</c>: a cron expression in UTC, five fields; null runs it whenever its turn comes.</param>
public sealed record LoopPolicy(LoopViolationPolicy OnViolation, TimeSpan Pause, CronExpression? Schedule)
{
    /// <summary>The pause when none is given.</summary>
    public static readonly TimeSpan DefaultPause = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_longestPause = TimeSpan.FromDays(30);
    private static readonly string[] s_keys = ["onViolation", "pause", "schedule"];

    /// <summary>Reads it.</summary>
    /// <exception cref="SpecException">Names everything that is wrong with it.</exception>
    public static LoopPolicy Of(RunSpec spec)
    {
        List<SpecError> errors = [.. spec.Loop.Keys.Where(key => !s_keys.Contains(key))
            .Select(key => new SpecError($"loop.{key}", "there is no such key", Suggestion.For(key, s_keys)))];
        LoopViolationPolicy onViolation = Text(spec, "onViolation") switch
        {
            null or "continue" => LoopViolationPolicy.Continue,
            "stop" => LoopViolationPolicy.Stop,
            { } other => Wrong("onViolation", other, "write stop or continue", LoopViolationPolicy.Continue),
        };
        TimeSpan pause = Text(spec, "pause") switch
        {
            null => DefaultPause,
            { } text when QuantityText.TryParseDuration(text, out TimeSpan given) && given >= TimeSpan.Zero && given <= s_longestPause => given,
            { } text => Wrong("pause", text, "write a duration of up to 30 days: 0s, 30s, 10m", DefaultPause),
        };
        CronExpression? schedule = Text(spec, "schedule") switch
        {
            null => null,
            { } text when CronExpression.TryParse(text, out CronExpression? parsed) => parsed,
            { } text => Wrong<CronExpression?>("schedule", text, "write five fields, in UTC: 0 3 * * * is every night at three", null),
        };
        return errors.Count == 0 ? new(onViolation, pause, schedule) : throw new SpecException(errors);

        T Wrong<T>(string key, string text, string remedy, T otherwise)
        {
            errors.Add(new SpecError($"loop.{key}", $"'{text}' cannot be used", remedy));
            return otherwise;
        }
    }

    private static string? Text(RunSpec spec, string key) => !spec.Loop.TryGetValue(key, out JsonElement value) ? null
        : value.ValueKind is JsonValueKind.String ? value.GetString() : value.GetRawText();
}
