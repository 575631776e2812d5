using System.Text;

namespace Marathon.Reports.Rendering;

/// <summary>
/// Text of others (topic names, client errors, reasons), made fit to be shown: what a terminal or a browser would
/// obey rather than print, and what XML cannot hold, becomes U+FFFD.
/// </summary>
internal static class SafeText
{
    private const char Replacement = '\uFFFD';

    /// <summary>Keeps tabs and line breaks.</summary>
    public static string Block(string? text) => Clean(text, keepBreaks: true);

    /// <summary>One line: tabs and line breaks become blanks.</summary>
    public static string Line(string? text) => Clean(text, keepBreaks: false);

    private static string Clean(string? text, bool keepBreaks)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        StringBuilder clean = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is '\n' or '\t' or '\r')
            {
                clean.Append(keepBreaks ? c : ' ');
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                clean.Append(c).Append(text[++i]);
            }
            else
            {
                clean.Append(char.IsControl(c) || char.IsSurrogate(c) || ReordersOrBreaks(c) ? Replacement : c);
            }
        }

        return clean.ToString();
    }

    // Bidirectional overrides and isolates, line and paragraph separators, non-characters.
    private static bool ReordersOrBreaks(char c) =>
        c is (>= '\u200E' and <= '\u200F') or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFEFF' or '\uFFFE' or '\uFFFF';
}
