using System.Runtime.CompilerServices;
using Pipeline.Client.Api.V1;
using Pipeline.Client.Models;

namespace Pipeline.Client;

/// <summary>What comes in pages, as one sequence that is read as far as it is asked for.</summary>
public static class Sequences
{
    /// <summary>
    /// The items of all pages of a list, page by page:
    /// <code>Sequences.ItemsOf(cursor => api.Projects.GetAsync(request => request.QueryParameters.Cursor = cursor), page => page.Items, page => page.NextCursor)</code>
    /// </summary>
    /// <param name="readPage">Reads the page that begins at a cursor; null is the first.</param>
    /// <param name="items">The items of a page.</param>
    /// <param name="next">Where the page after it begins; null or empty after the last.</param>
    public static async IAsyncEnumerable<TItem> ItemsOf<TPage, TItem>(
        Func<string?, Task<TPage?>> readPage,
        Func<TPage, IEnumerable<TItem>?> items,
        Func<TPage, string?> next,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
        where TPage : class
    {
        string? cursor = null;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await readPage(cursor) is not { } page)
                yield break;
            foreach (var item in items(page) ?? [])
                yield return item;
            cursor = next(page);
        } while (!string.IsNullOrEmpty(cursor));
    }

    /// <summary>
    /// What changes, each change once and in the order of commits, for as long as it is read: it waits for what is to
    /// come. Keep the <c>Cursor</c> of what was done, and begin with it the next time. A cursor that is too old or
    /// another caller's is thrown as <see cref="Problem"/>: read the lists anew, and begin without one.
    /// </summary>
    /// <param name="api">The operations of a connection.</param>
    /// <param name="since">The cursor of the last change that was done; <c>start</c>: all that is kept; null: from now.</param>
    /// <param name="types">Only these, separated by commas: <c>project.*,claim.ended</c>.</param>
    public static async IAsyncEnumerable<ChangeView> FollowChanges(
        this V1RequestBuilder api,
        string? since = null,
        string? types = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var waits = false;
        while (true)
        {
            var page = await api.Changes.GetAsync(
                request =>
                {
                    request.QueryParameters.Since = since;
                    request.QueryParameters.Types = types;
                    if (waits)
                        request.Headers.Add("Prefer", "wait=25");
                },
                cancellationToken
            );
            foreach (var change in page?.Items ?? [])
                yield return change;
            since = page?.Next ?? since;
            waits = page?.CaughtUp == true;
        }
    }
}
