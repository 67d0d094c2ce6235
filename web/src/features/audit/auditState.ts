import type { AuditOutcome, AuditQuery } from '@/api/types';
import type { UrlValues } from '@/shared/urlState';

export const AUDIT_KEYS = [
  'actorId',
  'actorKind',
  'action',
  'outcome',
  'subjectKind',
  'subjectId',
  'projectId',
  'requestId',
  'from',
  'to',
] as const;
export type AuditKey = (typeof AUDIT_KEYS)[number];
export type AuditValues = UrlValues<AuditKey>;

export const OUTCOMES: readonly AuditOutcome[] = ['done', 'read', 'denied', 'failed'];
export const ACTOR_KINDS = ['person', 'key', 'system', 'nobody'] as const;
export const SUBJECT_KINDS = [
  'project',
  'claim',
  'move',
  'import',
  'file',
  'user',
  'api-key',
  'jurisdiction',
  'rule-set',
  'rule-set-draft',
  'session',
  'receipt',
] as const;

/** A minute of Shanghai's day, `YYYY-MM-DDTHH:mm`, as the instant at which it begins or ends. */
function instant(minute: string | undefined, seconds: '00.000' | '59.999'): string | undefined {
  return minute && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(minute)
    ? new Date(`${minute}:${seconds}+08:00`).toISOString()
    : undefined;
}

/** What an address asks for; what it holds of nonsense is left out. */
export function auditFilter(values: AuditValues): AuditQuery {
  const query: AuditQuery = {
    actorId: values.actorId,
    actorKind: ACTOR_KINDS.find((kind) => kind === values.actorKind),
    action: values.action,
    outcome: OUTCOMES.find((outcome) => outcome === values.outcome),
    subjectKind: values.subjectKind,
    subjectId: values.subjectId,
    projectId: values.projectId,
    requestId: values.requestId,
    from: instant(values.from, '00.000'),
    to: instant(values.to, '59.999'),
  };
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as AuditQuery;
}

export function filterCount(values: AuditValues): number {
  return AUDIT_KEYS.filter((key) => values[key]).length;
}
