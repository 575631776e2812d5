using System.Security.Cryptography;
using System.Text;
using Marathon.Workers;

namespace Marathon.Worker.Commands;

/// <summary>The run's token as it guards the worker's commands.</summary>
public sealed class BearerToken(string token)
{
    private readonly byte[] _digest = Digest(token);

    /// <summary>Whether a request's <c>Authorization</c> header carries the token. Takes the same time for every wrong one.</summary>
    public bool Admits(string? authorization)
    {
        const string prefix = WorkerProtocol.TokenScheme + " ";
        var offered = authorization is not null && authorization.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
            ? authorization[prefix.Length..].Trim()
            : "";
        return CryptographicOperations.FixedTimeEquals(Digest(offered), _digest) && offered.Length > 0;
    }

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
