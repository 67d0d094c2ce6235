/** The items of all pages of a list, page by page, read as far as they are asked for. `readPage` reads the page that begins at a cursor; undefined is the first. */
export async function* itemsOf(readPage) {
    let cursor;
    do {
        const page = await readPage(cursor);
        yield* page.items;
        cursor = page.nextCursor ?? undefined;
    } while (cursor);
}
/**
 * What changes, each change once and in the order of commits, for as long as it is read: it waits for what is to come.
 * Keep the `cursor` of what was done, and begin with it the next time. A cursor that is too old or another caller's is
 * thrown as a ProblemError: read the lists anew, and begin without one.
 */
export async function* followChanges(client, { since, types, signal } = {}) {
    for (let waits = false;;) {
        const { data } = await client.GET('/api/v1/changes', {
            params: { query: { since, types }, header: waits ? { Prefer: 'wait=25' } : {} },
            signal,
        });
        if (!data)
            return;
        yield* data.items;
        since = data.next;
        waits = data.caughtUp;
    }
}
