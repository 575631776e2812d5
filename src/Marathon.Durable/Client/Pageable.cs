using System.Runtime.CompilerServices;

namespace Marathon.Durable;

/// <summary>Makes a listing of a function that fetches one page.</summary>
public static class Pageable
{
    /// <param name="fetch">Given a continuation token and a page size, both optional, returns a page.</param>
    public static AsyncPageable<T> Create<T>(Func<string?, int?, CancellationToken, Task<Page<T>>> fetch)
        where T : notnull => new FetchedPages<T>(fetch);

    private sealed class FetchedPages<T>(Func<string?, int?, CancellationToken, Task<Page<T>>> fetch) : AsyncPageable<T>
        where T : notnull
    {
        public override IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null) =>
            FetchAsync(continuationToken, pageSizeHint);

        private async IAsyncEnumerable<Page<T>> FetchAsync(
            string? token, int? size, [EnumeratorCancellation] CancellationToken cancellation = default)
        {
            do
            {
                Page<T> page = await fetch(token, size, cancellation);
                yield return page;
                token = page.ContinuationToken;
            }
            while (token is not null);
        }
    }
}
