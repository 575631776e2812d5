using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Marathon.Reports.Rendering.Html;

/// <summary>
/// A piece of HTML. It is written as an interpolated string, whose literal parts are markup and whose holes are text:
/// a hole is escaped unless it is markup itself, so that nothing of others can ever become a tag or an attribute.
/// </summary>
internal readonly struct Markup
{
    // Escapes what has a meaning in text or in a quoted attribute, and leaves other scripts readable.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly string? html;

    private Markup(string html) => this.html = html;

    public static Markup Empty => default;

    public bool IsEmpty => string.IsNullOrEmpty(html);

    public static Markup Of(Builder builder) => new(builder.ToString());

    /// <summary>Trusted text of our own, such as the style sheet.</summary>
    public static Markup Verbatim(string html) => new(html);

    public static Markup Join(IEnumerable<Markup> parts) => new(string.Concat(parts.Select(p => p.html)));

    public override string ToString() => html ?? "";

    [InterpolatedStringHandler]
    internal readonly struct Builder(int literalLength, int formattedCount)
    {
        private readonly StringBuilder html = new(literalLength + (16 * formattedCount));

        public void AppendLiteral(string literal) => html.Append(literal);

        public void AppendFormatted(Markup markup) => html.Append(markup.html);

        public void AppendFormatted(IEnumerable<Markup> parts)
        {
            foreach (Markup part in parts)
            {
                html.Append(part.html);
            }
        }

        public void AppendFormatted(string? text) => html.Append(Encoder.Encode(SafeText.Block(text)));

        public void AppendFormatted(long number) => html.Append(CultureInfo.InvariantCulture, $"{number}");

        /// <summary>A coordinate.</summary>
        public void AppendFormatted(double number) => html.Append(number.ToString("0.###", CultureInfo.InvariantCulture));

        public override string ToString() => html.ToString();
    }
}
