namespace Golden;

/// <summary>An application's own exception; the golden file knows it by this full name.</summary>
public sealed class PaymentException(string message, Exception? inner = null) : Exception(message, inner);
