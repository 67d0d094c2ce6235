import { type Client } from 'openapi-fetch';
import type { components, paths } from './schema.ts';
export { isProblem, ProblemError, readProblem, type FieldErrors, type Problem } from './problem.ts';
export { followChanges, itemsOf, type Following, type Page } from './sequences.ts';
export type { components, paths };
export interface Connection {
    /** Where the service is, without `/api/v1`. */
    baseUrl: string;
    /** The secret of an API key (`ppl_…`), or an access token. */
    key: string;
    /** The language of messages; without it Chinese. */
    language?: 'zh-CN' | 'en';
    /** What carries the requests; without it the platform's own. */
    fetch?: (request: Request) => Promise<Response>;
}
/**
 * A service of Pipeline, reached with a key. Its methods take the paths of the description: `client.GET('/api/v1/me')`.
 * What may be sent again after a lost answer is sent again; a refusal is thrown as a ProblemError.
 */
export declare function connect({ baseUrl, key, language, fetch }: Connection): Client<paths>;
/** A record with the strong ETag it was read with, for the If-Match of what is done to it next. */
export interface Tagged<T> {
    value: T;
    etag: string;
}
interface Answer<T> {
    data?: T;
    response: Response;
}
/** What an operation answers when it was asked for its effect: the answer to `validateOnly` is left out. */
type Effect<T> = Exclude<T, components['schemas']['DryRun']>;
/** The body of a successful answer; anything else has been thrown before. */
export declare function body<T>(answer: Promise<Answer<T>>): Promise<Effect<T>>;
/** The body of a successful answer, with its version. */
export declare function tagged<T>(answer: Promise<Answer<T>>): Promise<Tagged<Effect<T>>>;
