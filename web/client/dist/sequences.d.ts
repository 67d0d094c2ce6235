import type { Client } from 'openapi-fetch';
import type { components, paths } from './schema.ts';
export interface Page<Item> {
    items: Item[];
    nextCursor?: string | null;
}
/** The items of all pages of a list, page by page, read as far as they are asked for. `readPage` reads the page that begins at a cursor; undefined is the first. */
export declare function itemsOf<Item>(readPage: (cursor: string | undefined) => Promise<Page<Item>>): AsyncGenerator<Item, void>;
export interface Following {
    /** The cursor of the last change that was done; `start`: all that is kept; without it: from now. */
    since?: string;
    /** Only these, separated by commas: `project.*,claim.ended`. */
    types?: string;
    signal?: AbortSignal;
}
/**
 * What changes, each change once and in the order of commits, for as long as it is read: it waits for what is to come.
 * Keep the `cursor` of what was done, and begin with it the next time. A cursor that is too old or another caller's is
 * thrown as a ProblemError: read the lists anew, and begin without one.
 */
export declare function followChanges(client: Client<paths>, { since, types, signal }?: Following): AsyncGenerator<components['schemas']['ChangeView'], void>;
