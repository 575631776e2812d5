namespace Marathon.Azure.Secrets;

/// <summary>Keeps the tokens of runs where their machines, and nobody else, can read them.</summary>
public interface IRunSecrets
{
    /// <summary>Stores a secret, in place of an older one of that name. Answers what machines are told: where to ask for it.</summary>
    /// <param name="name">Letters, digits and hyphens.</param>
    /// <param name="value">The secret.</param>
    /// <param name="expires">Its owner may remove it then. A vault still tells it: whoever takes the secret must look at its age.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<Uri> PutAsync(string name, string value, DateTimeOffset expires, CancellationToken cancellationToken);

    /// <summary>A secret; null when there is none of that name.</summary>
    Task<string?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Where a secret of that name is, whether there is one or not.</summary>
    Uri Reference(string name);

    /// <summary>Removes a secret; nothing to do is fine.</summary>
    Task RemoveAsync(string name, CancellationToken cancellationToken);

    /// <summary>All secrets, without their values.</summary>
    Task<IReadOnlyList<StoredSecret>> ListAsync(CancellationToken cancellationToken);
}
