import createClient, {} from 'openapi-fetch';
import { readProblem } from "./problem.js";
import { repeating } from "./repeat.js";
export { isProblem, ProblemError, readProblem } from "./problem.js";
export { followChanges, itemsOf } from "./sequences.js";
/**
 * A service of Pipeline, reached with a key. Its methods take the paths of the description: `client.GET('/api/v1/me')`.
 * What may be sent again after a lost answer is sent again; a refusal is thrown as a ProblemError.
 */
export function connect({ baseUrl, key, language, fetch = globalThis.fetch }) {
    const send = repeating(fetch);
    return createClient({
        baseUrl: baseUrl.replace(/\/$/, ''),
        headers: { Authorization: `Bearer ${key}`, ...(language && { 'Accept-Language': language }) },
        fetch: async (request) => {
            const answer = await send(request);
            if (!answer.ok && answer.status !== 304)
                throw await readProblem(answer);
            return answer;
        },
    });
}
/** The body of a successful answer; anything else has been thrown before. */
export async function body(answer) {
    return (await answer).data;
}
/** The body of a successful answer, with its version. */
export async function tagged(answer) {
    const { data, response } = await answer;
    return { value: data, etag: response.headers.get('ETag') ?? '' };
}
