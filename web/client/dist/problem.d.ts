import type { components } from './schema.ts';
type Told = components['schemas']['Problem'];
/** A problem document (RFC 9457); what carries the request may have answered with less than the service tells. */
export type Problem = Pick<Told, 'type' | 'title' | 'status' | 'errors'> & Partial<Told>;
export type FieldErrors = NonNullable<Problem['errors']>;
/** A refusal of the API (RFC 9457), or the network's: status 0, slug `network`. */
export declare class ProblemError extends Error {
    readonly problem: Problem;
    readonly requestId?: string | undefined;
    readonly slug: string;
    constructor(problem: Problem, requestId?: string | undefined);
    get status(): number;
    get errors(): FieldErrors;
}
export declare function isProblem(error: unknown, slug?: string): error is ProblemError;
/** Reads the problem document of a response that is not 2xx; a response without one still becomes a problem. */
export declare function readProblem(response: Response): Promise<ProblemError>;
export {};
