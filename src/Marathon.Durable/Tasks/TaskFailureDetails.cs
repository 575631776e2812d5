using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Marathon.Durable;

/// <summary>An exception as data, so that it survives a process boundary and a history.</summary>
/// <param name="ErrorType">Full name of the exception type, or a code such as <c>ActivityTaskNotFound</c>.</param>
public sealed record TaskFailureDetails(
    string ErrorType,
    string ErrorMessage,
    string? StackTrace = null,
    TaskFailureDetails? InnerFailure = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IDictionary<string, object?>? Properties = null)
{
    public static TaskFailureDetails FromException(Exception exception) =>
        new(
            exception.GetType().ToString(),
            exception.Message,
            exception.StackTrace,
            exception is TaskFailedException failed ? failed.FailureDetails : Inner(exception.InnerException));

    /// <summary>True when the failed task threw a <typeparamref name="T"/> or a subtype of it.</summary>
    public bool IsCausedBy<T>()
        where T : Exception => IsCausedBy(typeof(T));

    /// <summary>True when the failed task threw <paramref name="targetBaseExceptionType"/> or a subtype of it.</summary>
    public bool IsCausedBy(Type targetBaseExceptionType)
    {
        if (!typeof(Exception).IsAssignableFrom(targetBaseExceptionType))
            throw new ArgumentException($"{targetBaseExceptionType} is not an exception type.", nameof(targetBaseExceptionType));
        return FindType(targetBaseExceptionType) is { } type && targetBaseExceptionType.IsAssignableFrom(type);
    }

    public override string ToString() => $"{ErrorType}: {ErrorMessage}";

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A type that was trimmed away cannot have been thrown.")]
    private Type? FindType(Type target) =>
        string.IsNullOrEmpty(ErrorType)
            ? null
            : Type.GetType(ErrorType) ?? target.Assembly.GetType(ErrorType) ??
              AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetType(ErrorType)).FirstOrDefault(t => t is not null);

    private static TaskFailureDetails? Inner(Exception? exception) => exception is null ? null : FromException(exception);
}
