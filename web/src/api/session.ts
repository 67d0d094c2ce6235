/**
 * Who is signed in. The access token lives in this module's memory only; the refresh token is the browser's
 * HttpOnly cookie. A session that ends while a page is open becomes `expired`, not `anonymous`: the page stays.
 */
import { ProblemError, readProblem } from 'pipeline-client';
import { noteReached, noteUnreached, untilReachable } from './reach';
import type { TokenAnswer, User } from './types';

export type SessionState = 'unknown' | 'anonymous' | 'signed-in' | 'expired';
export interface Session {
  state: SessionState;
  user: User | null;
}

let token: string | null = null;
let session: Session = { state: 'unknown', user: null };
let refreshing: Promise<boolean> | null = null;
let language = 'zh-CN';
let clockOffset = 0;
const listeners = new Set<() => void>();
const waiting = new Set<(signedIn: boolean) => void>();

function change(next: Session): void {
  session = next;
  for (const listener of listeners) listener();
}

export function currentSession(): Session {
  return session;
}

export function subscribeSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function accessToken(): string | null {
  return token;
}

export function setRequestLanguage(value: string): void {
  language = value;
}

export function requestLanguage(): string {
  return language;
}

/** Now by the server's clock, as far as its Date headers tell (whole seconds). */
export function serverNow(): number {
  return Date.now() + clockOffset;
}

export function noteServerDate(response: Response): void {
  const date = Date.parse(response.headers.get('Date') ?? '');
  if (Number.isNaN(date)) return;
  const offset = date - Date.now();
  clockOffset = Math.abs(offset) > 2000 ? offset : 0;
}

// Whether this browser may hold a refresh cookie: a page cannot see the cookie itself, and asking in vain is an error to it.
const KNOWN = 'pipeline.session';

function remember(known: boolean): void {
  if (known) localStorage.setItem(KNOWN, 'yes');
  else localStorage.removeItem(KNOWN);
}

function accept(answer: TokenAnswer): void {
  token = answer.accessToken;
  remember(true);
  change({ state: 'signed-in', user: answer.user });
  for (const resolve of waiting) resolve(true);
  waiting.clear();
}

async function post(path: string, body?: unknown): Promise<Response> {
  const headers: Record<string, string> = { 'Accept-Language': language };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  try {
    const response = await fetch(
      new Request(new URL(path, window.location.origin), {
        method: 'POST',
        credentials: 'same-origin',
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
      }),
    );
    noteReached();
    return response;
  } catch (error) {
    noteUnreached();
    throw new ProblemError({ type: 'network', title: String(error), status: 0 });
  }
}

/** With `code`, the second factor that 401 `second-factor-required` has asked for. */
export async function signIn(username: string, password: string, code?: string): Promise<void> {
  const response = await post('/api/v1/auth/token', { username, password, code });
  if (!response.ok) throw await readProblem(response);
  accept((await response.json()) as TokenAnswer);
}

export async function signOut(): Promise<void> {
  token = null;
  remember(false);
  change({ state: 'anonymous', user: null });
  for (const resolve of waiting) resolve(false);
  waiting.clear();
  await post('/api/v1/auth/logout').catch(() => undefined);
}

async function refreshOnce(): Promise<boolean> {
  const response = await post('/api/v1/auth/refresh');
  if (!response.ok) return false;
  accept((await response.json()) as TokenAnswer);
  return true;
}

/** Asks for a new access token by cookie. One at a time, across tabs too: the server takes a cookie used twice for theft. */
export function refresh(): Promise<boolean> {
  refreshing ??= alone().finally(() => {
    refreshing = null;
  });
  return refreshing;
}

async function alone(): Promise<boolean> {
  return 'locks' in navigator ? await navigator.locks.request('pipeline-refresh', refreshOnce) : await refreshOnce();
}

/** Whether there may be a session to take up: without one, the sign-in page is all that is needed. */
export function mayResume(): boolean {
  return localStorage.getItem(KNOWN) !== null;
}

/** On load: take up the session that the cookie still holds, if any; without the server nobody knows, so it waits. */
export async function resume(): Promise<void> {
  while (session.state === 'unknown') {
    try {
      if (!mayResume() || !(await refresh())) change({ state: 'anonymous', user: null });
    } catch (error) {
      if (!(error instanceof ProblemError && error.status === 0)) change({ state: 'anonymous', user: null });
      else await untilReachable();
    }
  }
}

/** The session has ended under an open page: resolves once the same person has signed in again, or false if they gave up. */
export function untilSignedInAgain(): Promise<boolean> {
  if (session.state !== 'expired') {
    if (session.state !== 'signed-in') return Promise.resolve(false);
    token = null;
    change({ state: 'expired', user: session.user });
  }
  return new Promise((resolve) => waiting.add(resolve));
}
