import { http, HttpResponse, type JsonBodyType } from 'msw';
import { setupServer } from 'msw/node';
import type { Problem } from 'pipeline-client';
import type { Me, User } from '@/api/types';

export const API = 'http://localhost/api/v1';

/** Answers what any page may ask for; everything else is said by the test. */
export const server = setupServer(http.get(`${API}/jurisdictions`, () => HttpResponse.json({ items: [] })));

export function problem(slug: string, status: number, more: Partial<Problem> = {}) {
  return HttpResponse.json(
    { type: `/problems/${slug}`, title: slug, status, traceId: 'trace-1', ...more },
    { status, headers: { 'Content-Type': 'application/problem+json', 'X-Request-Id': 'request-1' } },
  );
}

export function answers(path: string, content: JsonBodyType, headers: Record<string, string> = {}) {
  return http.get(API + path, () => HttpResponse.json(content, { headers }));
}

export const officer: User = { id: 'u-1', username: 'nanhu', displayName: '南湖', role: 'officer' };

export function meOf(role: Me['role'], permissions: string[]): Me {
  return {
    user: officer,
    role,
    permissions,
    jurisdiction: role === 'officer' ? { id: 'j-1', code: 'nanhu', name: '南湖区' } : null,
  };
}
