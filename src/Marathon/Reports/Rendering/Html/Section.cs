namespace Marathon.Reports.Rendering.Html;

/// <summary>A part of the page under a heading of its own.</summary>
/// <param name="Id">Anchor.</param>
/// <param name="Title">Heading.</param>
/// <param name="Count">How many there are, for the list of contents; null where counting says nothing.</param>
/// <param name="Body">What it holds; an empty one is left out of the page.</param>
internal sealed record Section(string Id, string Title, int? Count, Markup Body)
{
    public Markup Render() => Markup.Of(
        $"""
        <section id="{Id}" aria-labelledby="{Id}-title"><h2 id="{Id}-title">{Title}</h2>
        {Body}</section>

        """);

    public Markup Link() => Markup.Of($"<li><a href=\"#{Id}\">{Title}{CountMark}</a></li>");

    private Markup CountMark => Count is { } count ? Markup.Of($" <span class=\"count\">{count}</span>") : Markup.Empty;
}
