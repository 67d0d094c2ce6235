import type { components } from './schema.ts';

type Told = components['schemas']['Problem'];

/** A problem document (RFC 9457); what carries the request may have answered with less than the service tells. */
export type Problem = Pick<Told, 'type' | 'title' | 'status' | 'errors'> & Partial<Told>;
export type FieldErrors = NonNullable<Problem['errors']>;

/** A refusal of the API (RFC 9457), or the network's: status 0, slug `network`. */
export class ProblemError extends Error {
  readonly slug: string;

  constructor(
    readonly problem: Problem,
    readonly requestId?: string,
  ) {
    super(problem.detail ?? problem.title);
    this.name = 'ProblemError';
    this.slug = problem.type.split('/').pop() ?? '';
  }

  get status(): number {
    return this.problem.status;
  }

  get errors(): FieldErrors {
    return this.problem.errors ?? {};
  }
}

export function isProblem(error: unknown, slug?: string): error is ProblemError {
  return error instanceof ProblemError && (slug === undefined || error.slug === slug);
}

/** Reads the problem document of a response that is not 2xx; a response without one still becomes a problem. */
export async function readProblem(response: Response): Promise<ProblemError> {
  const requestId = response.headers.get('X-Request-Id') ?? undefined;
  const fallback: Problem = {
    type: 'about:blank',
    title: response.statusText || String(response.status),
    status: response.status,
  };
  if (!(response.headers.get('Content-Type') ?? '').includes('json')) return new ProblemError(fallback, requestId);
  try {
    const body = (await response.json()) as Partial<Problem>;
    return new ProblemError({ ...fallback, ...body }, requestId);
  } catch {
    return new ProblemError(fallback, requestId);
  }
}
