namespace Marathon.Reports.Rendering.Html;

/// <summary>Every key with its value in force.</summary>
internal static class ConfigurationSection
{
    public static Section Of(Report report) => new("configuration", "Configuration", null, Body(report));

    private static Markup Body(Report report) => report.Config.Count == 0 ? Markup.Empty : Markup.Of(
        $"""
        <dl class="pairs">{report.Config.Select(c => Markup.Of($"<div><dt><code>{c.Key}</code></dt><dd>{Readable.Value(c.Value)}</dd></div>"))}</dl>

        """);
}
