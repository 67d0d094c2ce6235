/** A refusal of the API (RFC 9457), or the network's: status 0, slug `network`. */
export class ProblemError extends Error {
    problem;
    requestId;
    slug;
    constructor(problem, requestId) {
        super(problem.detail ?? problem.title);
        this.problem = problem;
        this.requestId = requestId;
        this.name = 'ProblemError';
        this.slug = problem.type.split('/').pop() ?? '';
    }
    get status() {
        return this.problem.status;
    }
    get errors() {
        return this.problem.errors ?? {};
    }
}
export function isProblem(error, slug) {
    return error instanceof ProblemError && (slug === undefined || error.slug === slug);
}
/** Reads the problem document of a response that is not 2xx; a response without one still becomes a problem. */
export async function readProblem(response) {
    const requestId = response.headers.get('X-Request-Id') ?? undefined;
    const fallback = {
        type: 'about:blank',
        title: response.statusText || String(response.status),
        status: response.status,
    };
    if (!(response.headers.get('Content-Type') ?? '').includes('json'))
        return new ProblemError(fallback, requestId);
    try {
        const body = (await response.json());
        return new ProblemError({ ...fallback, ...body }, requestId);
    }
    catch {
        return new ProblemError(fallback, requestId);
    }
}
