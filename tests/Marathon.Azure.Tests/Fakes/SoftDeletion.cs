using System.Collections.Concurrent;
using Azure;

namespace Marathon.Azure.Tests.Fakes;

/// <summary>A vault keeps what was deleted for days, and takes no new secret of that name before it is purged or recovered.</summary>
public sealed class SoftDeletion
{
    private readonly ConcurrentDictionary<string, bool> deleted = new();

    public void Delete(string name) => deleted[name] = true;

    public bool Holds(string name) => deleted.ContainsKey(name);

    public void Check(string name)
    {
        if (Holds(name)) throw new RequestFailedException(409, $"Secret {name} is currently in a deleted but recoverable state", "ObjectIsDeletedButRecoverable", null);
    }
}
