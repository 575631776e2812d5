namespace Marathon.Reports.Rendering.Html;

/// <summary>A word on a coloured ground. The colour only repeats what the word says.</summary>
internal static class Chip
{
    public static Markup Of(string word) => Markup.Of($"<span class=\"chip {Tone(word)}\">{word}</span>");

    // The class is always one of ours: a word of others never becomes an attribute.
    private static string Tone(string word) => word switch
    {
        "pass" or "caught" or "finished" or "done" or "drained" => "good",
        "violation" or "critical" or "fail" or "failed" or "missed" or "lost" or "not healed" => "bad",
        "slo-miss" or "warning" or "error" or "partly caught" or "interrupted" or "terminated" or "killed" => "warn",
        "indeterminate" or "never told" => "unsure",
        _ => "plain",
    };
}
