using System.Globalization;
using Marathon.Controller.Fleets;

namespace Marathon.Azure.Claims;

/// <summary>
/// Brings lives and machines together where the platform names the machines. The controller offers lives; a machine that
/// has booted claims one. A life has one machine at most, and a machine that asks again gets the same answer.
/// </summary>
public sealed class LifeClaims(IClaimStore store, TimeProvider time)
{
    private const string Offer = "offer", Claim = "claim", End = "end";

    /// <summary>Offers lives; those that were offered before stay as they are.</summary>
    public Task OfferAsync(string runId, IReadOnlyList<WorkerLife> lives, CancellationToken cancellationToken) =>
        AddAsync(runId, Offer, lives, cancellationToken);

    /// <summary>Withdraws lives: nobody can claim them any more.</summary>
    public Task EndAsync(string runId, IReadOnlyList<WorkerLife> lives, CancellationToken cancellationToken) =>
        AddAsync(runId, End, lives, cancellationToken);

    /// <summary>Gives a machine a life: the one that it has, else a free one. Null when there is none for it.</summary>
    public async Task<WorkerLife?> ClaimAsync(string runId, string machine, CancellationToken cancellationToken)
    {
        IReadOnlyList<Life> lives = await ListAsync(runId, cancellationToken);
        if (Held(lives, machine).FirstOrDefault() is { } held) return held.Of;
        Life[] free = [.. lives.Where(life => life is { Ended: false, Machine: null })];
        // A thousand machines boot at once: each begins at another place, so that they do not all race for the first.
        int start = free.Length == 0 ? 0 : (int)((uint)StringComparer.Ordinal.GetHashCode(machine) % (uint)free.Length);
        for (int i = 0; i < free.Length; i++)
        {
            WorkerLife life = free[(start + i) % free.Length].Of;
            if (await store.TryAddAsync(runId, new ClaimRow(Key(Claim, life), machine, time.GetUtcNow()), cancellationToken))
                return await SettleAsync(runId, machine, cancellationToken);
        }
        return null;
    }

    /// <summary>Every life that was offered.</summary>
    public async Task<IReadOnlyList<Life>> ListAsync(string runId, CancellationToken cancellationToken)
    {
        Dictionary<string, Dictionary<WorkerLife, ClaimRow>> rows = new() { [Offer] = [], [Claim] = [], [End] = [] };
        foreach (ClaimRow row in await store.ListAsync(runId, cancellationToken))
        {
            (string kind, WorkerLife life) = Read(row.Key);
            if (rows.TryGetValue(kind, out Dictionary<WorkerLife, ClaimRow>? ofKind)) ofKind[life] = row;
        }
        ILookup<string, KeyValuePair<WorkerLife, ClaimRow>> offers = rows[Offer].ToLookup(offer => offer.Key.Worker);
        return
        [
            .. from offer in rows[Offer]
               let life = offer.Key
               orderby life.Worker, life.Epoch
               let claim = rows[Claim].GetValueOrDefault(life)
               let replaced = offers[life.Worker].Where(later => later.Key.Epoch > life.Epoch).Select(later => (DateTimeOffset?)later.Value.At).Min()
               select new Life(life, claim?.Value, claim?.At, rows[End].GetValueOrDefault(life)?.At ?? replaced, offer.Value.At),
        ];
    }

    /// <summary>Forgets the run.</summary>
    public async Task ForgetAsync(string runId, CancellationToken cancellationToken)
    {
        // Offers go last: while one is there the others mean what they meant.
        foreach (ClaimRow row in (await store.ListAsync(runId, cancellationToken)).OrderBy(row => row.Key.StartsWith(Offer, StringComparison.Ordinal)))
            await store.RemoveAsync(runId, row.Key, cancellationToken);
    }

    /// <summary>Two requests of one machine may have claimed a life each: both keep the same one and give the other back.</summary>
    private async Task<WorkerLife?> SettleAsync(string runId, string machine, CancellationToken cancellationToken)
    {
        Life[] held = [.. Held(await ListAsync(runId, cancellationToken), machine)];
        foreach (Life surplus in held.Skip(1))
            await store.RemoveAsync(runId, Key(Claim, surplus.Of), cancellationToken);
        return held.FirstOrDefault()?.Of;
    }

    private static IEnumerable<Life> Held(IEnumerable<Life> lives, string machine) =>
        lives.Where(life => !life.Ended && life.Machine == machine);

    /// <summary>Adds what is missing: the first row of its key tells when it was.</summary>
    private async Task AddAsync(string runId, string kind, IReadOnlyList<WorkerLife> lives, CancellationToken cancellationToken)
    {
        if (lives.Count == 0) return;
        HashSet<string> known = [.. (await store.ListAsync(runId, cancellationToken)).Select(row => row.Key)];
        ClaimRow[] rows = [.. lives.Select(life => Key(kind, life)).Where(key => !known.Contains(key)).Select(key => new ClaimRow(key, "", time.GetUtcNow()))];
        if (rows.Length > 0) await store.PutAsync(runId, rows, cancellationToken);
    }

    private static string Key(string kind, WorkerLife life) => string.Create(CultureInfo.InvariantCulture, $"{kind}:{life.Worker}:{life.Epoch}");

    private static (string Kind, WorkerLife Life) Read(string key)
    {
        string[] parts = key.Split(':');
        return parts.Length == 3 && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out int epoch)
            ? (parts[0], new WorkerLife(parts[1], epoch))
            : throw new InvalidDataException($"row '{key}' of the claims is not kind:worker:epoch: remove it, or the run's rows");
    }
}
