import createClient from 'openapi-fetch';
import { ProblemError, readProblem } from 'pipeline-client';
import { noteReached, noteUnreached } from './reach';
import { accessToken, noteServerDate, refresh, requestLanguage, untilSignedInAgain } from './session';
import type { PathsOfForms } from './unfinished';

function withToken(request: Request): Request {
  const token = accessToken();
  if (token) request.headers.set('Authorization', `Bearer ${token}`);
  return request;
}

async function send(request: Request): Promise<Response> {
  try {
    const response = await fetch(request);
    noteServerDate(response);
    noteReached();
    return response;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    noteUnreached();
    throw new ProblemError({ type: 'network', title: String(error), status: 0 });
  }
}

/**
 * Sends a request as the person signed in. After a 401 it renews the token once and asks again; if that fails, it waits
 * until the person has signed in again over the open page, so that nothing typed there is lost.
 */
export async function authorizedFetch(request: Request): Promise<Response> {
  request.headers.set('Accept-Language', requestLanguage());
  const again = request.clone();
  const used = accessToken();
  let response = await send(withToken(request));
  if (response.status === 401) {
    const last = again.clone();
    const renewed = accessToken() !== used || (await refresh().catch(() => false));
    if (renewed) response = await send(withToken(again));
    if (response.status === 401 && (await untilSignedInAgain())) response = await send(withToken(last));
  }
  if (!response.ok && response.status !== 304) throw await readProblem(response);
  return response;
}

export { body, tagged, type Tagged } from 'pipeline-client';

export const client = createClient<PathsOfForms>({
  baseUrl: window.location.origin,
  fetch: authorizedFetch,
  credentials: 'same-origin',
});

/** A body in parts: the client only carries it, whatever the description calls it. */
export function multipart(parts: Record<string, string | Blob | undefined>): {
  body: { file: string };
  bodySerializer: () => FormData;
} {
  const form = new FormData();
  for (const [name, part] of Object.entries(parts)) if (part !== undefined) form.append(name, part);
  return { body: { file: '' }, bodySerializer: () => form };
}

/** A merge patch (RFC 7396): null takes a member away, which the description of the members does not say. */
export function mergePatchBody<T>(patch: { [Member in keyof T]?: T[Member] | null }): T {
  return patch as T;
}

/** Fetches a file as the person signed in, telling how many bytes have come, and hands it to the browser to save. */
export async function download(
  path: string,
  fallbackName: string,
  onProgress?: (bytes: number) => void,
): Promise<void> {
  const response = await authorizedFetch(new Request(new URL(path, window.location.origin)));
  save(
    onProgress ? await counted(response, onProgress) : await response.blob(),
    fileNameOf(response.headers.get('Content-Disposition')) ?? fallbackName,
  );
}

/** Fetches a file as the person signed in, to show it. */
export async function loadFile(path: string): Promise<Blob> {
  return (await authorizedFetch(new Request(new URL(path, window.location.origin)))).blob();
}

function save(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

async function counted(response: Response, onProgress: (bytes: number) => void): Promise<Blob> {
  const reader = response.body?.getReader();
  if (!reader) return response.blob();
  const parts: BlobPart[] = [];
  let bytes = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parts.push(part.value);
      bytes += part.value.byteLength;
      onProgress(bytes);
    }
  } catch (error) {
    throw new ProblemError({ type: 'network', title: String(error), status: 0 });
  }
  return new Blob(parts, { type: response.headers.get('Content-Type') ?? '' });
}

function fileNameOf(disposition: string | null): string | null {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  if (encoded) return decodeURIComponent(encoded);
  return /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1] ?? null;
}

/** Asks for something that anyone may ask for, signed in or not; with content, it is posted. */
export async function anonymous<T>(path: string, content?: object): Promise<T> {
  const headers: Record<string, string> = { 'Accept-Language': requestLanguage() };
  if (content) headers['Content-Type'] = 'application/json';
  const response = await send(
    new Request(new URL(path, window.location.origin), {
      method: content ? 'POST' : 'GET',
      headers,
      body: content && JSON.stringify(content),
    }),
  );
  if (!response.ok) throw await readProblem(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** What a stored file is called and what kind it says it is, without its content. */
export async function fileHeaders(id: string): Promise<{ name: string | undefined; contentType: string }> {
  const response = await authorizedFetch(
    new Request(new URL(`/api/v1/files/${encodeURIComponent(id)}`, window.location.origin), { method: 'HEAD' }),
  );
  if (!response.ok) throw await readProblem(response);
  const disposition = response.headers.get('Content-Disposition') ?? '';
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  const plain = /filename="?([^";]+)"?/i.exec(disposition)?.[1];
  return {
    name: encoded ? decodeURIComponent(encoded) : plain,
    contentType: (response.headers.get('Content-Type') ?? '').split(';')[0] ?? '',
  };
}

/** Hands text that the page holds to the browser to save. */
export function saveText(text: string, name: string, type: string): void {
  save(new Blob([text], { type }), name);
}
