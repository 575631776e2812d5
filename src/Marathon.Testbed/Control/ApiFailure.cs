using Marathon.Testbed.Protocol;

namespace Marathon.Testbed.Control;

/// <summary>An error code with the sentence that goes with it.</summary>
internal readonly record struct ApiFailure(ErrorCode Error, string? Message)
{
    public static ApiFailure None { get; } = new(ErrorCode.None, null);

    public bool IsNone => Error == ErrorCode.None;
}
