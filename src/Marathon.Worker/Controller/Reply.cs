namespace Marathon.Worker.Controller;

/// <summary>What became of a message to the controller.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Body">The answer, where one was accepted.</param>
/// <param name="Detail">Status and reason, for the log.</param>
public readonly record struct Reply<T>(ReplyKind Kind, T? Body, string Detail)
    where T : class;
