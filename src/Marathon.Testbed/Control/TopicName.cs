namespace Marathon.Testbed.Control;

/// <summary>Kafka's rule for topic names.</summary>
internal static class TopicName
{
    private const int MaxLength = 249;

    /// <summary>Why a name is refused; null when it is fine.</summary>
    public static string? Invalid(string name) => name switch
    {
        "" => "Topic name is invalid: the empty string is not allowed",
        "." or ".." => "Topic name is invalid: '.' or '..' is not allowed",
        _ when name.Length > MaxLength => $"Topic name is invalid: the length is more than {MaxLength} characters",
        _ when !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') =>
            $"Topic name is invalid: '{name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'",
        _ => null,
    };
}
