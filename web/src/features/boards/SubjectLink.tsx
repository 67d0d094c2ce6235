import { Link } from 'react-router';
import type { NamedSubject } from '@/api/types';

const PAGE: Record<NamedSubject['kind'], (subject: NamedSubject) => string> = {
  'fund-investment': (subject) => `/libraries/funds?entry=${subject.parentId}`,
  'library-entry': (subject) => `/libraries/${subject.library}?entry=${subject.id}`,
  event: (subject) => `/events/${subject.id}`,
  match: (subject) => `/financing/${subject.parentId}`,
};

/** What a fact tells of that is no project's, with the page on which it is kept; whose money it was stands before it. */
export function SubjectLink({ subject }: { subject: NamedSubject }) {
  return <Link to={PAGE[subject.kind](subject)}>{subject.by ? `${subject.by} → ${subject.name}` : subject.name}</Link>;
}
