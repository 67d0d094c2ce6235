import createClient, { type Client } from 'openapi-fetch';
import { readProblem } from './problem.ts';
import { repeating } from './repeat.ts';
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
export function connect({ baseUrl, key, language, fetch = globalThis.fetch }: Connection): Client<paths> {
  const send = repeating(fetch);
  return createClient<paths>({
    baseUrl: baseUrl.replace(/\/$/, ''),
    headers: { Authorization: `Bearer ${key}`, ...(language && { 'Accept-Language': language }) },
    fetch: async (request) => {
      const answer = await send(request);
      if (!answer.ok && answer.status !== 304) throw await readProblem(answer);
      return answer;
    },
  });
}

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
export async function body<T>(answer: Promise<Answer<T>>): Promise<Effect<T>> {
  return (await answer).data as Effect<T>;
}

/** The body of a successful answer, with its version. */
export async function tagged<T>(answer: Promise<Answer<T>>): Promise<Tagged<Effect<T>>> {
  const { data, response } = await answer;
  return { value: data as Effect<T>, etag: response.headers.get('ETag') ?? '' };
}
