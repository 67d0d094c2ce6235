import type { Project } from '@/api/types';
import { addDays, formatInstant } from '@/shared/dates';

export type DueKind = 'report' | 'claim' | 'signing' | 'start' | 'production' | 'red' | 'yellow';

/** What an officer has to do next about a project, by when, and how pressing it is: the lower, the sooner. */
export interface Due {
  kind: DueKind;
  on?: string;
  overdue: boolean;
  rank: number;
}

const SOON = 14;
const CLAIM_SOON = 7;

/** The most pressing of what is due; null where nothing is. What waits for the centre is not the officer's to do. */
export function dueNext(project: Project, today: string): Due | null {
  const found: Due[] = [];
  const soon = addDays(today, SOON);
  const planned = (kind: DueKind, on: string | undefined) => {
    if (!on || on > soon) return;
    found.push({ kind, on, overdue: on < today, rank: on < today ? 2 : 4 });
  };
  if (project.reportRequired) found.push({ kind: 'report', overdue: true, rank: 0 });
  const ends = project.claim?.status === 'active' ? project.claim.expiresAt : undefined;
  if (ends && formatInstant(ends, 'day') <= addDays(today, CLAIM_SOON) && !project.pendingMove)
    found.push({ kind: 'claim', on: ends, overdue: false, rank: 1 });
  if (!project.pendingMove) {
    if (project.stage === 'in-talks') planned('signing', project.plannedSigningOn);
    if (project.stage === 'registered') planned('start', project.plannedStartOn);
    if (project.stage === 'started') planned('production', project.plannedProductionOn);
  }
  if (project.light === 'red') found.push({ kind: 'red', overdue: true, rank: 3 });
  if (project.light === 'yellow') found.push({ kind: 'yellow', overdue: false, rank: 5 });
  found.sort((a, b) => a.rank - b.rank);
  return found[0] ?? null;
}

export interface DueProject {
  project: Project;
  due: Due;
}

/** The projects with something due, the most pressing first, then by day. */
export function dueProjects(projects: Project[], today: string): DueProject[] {
  return projects
    .map((project) => ({ project, due: dueNext(project, today) }))
    .filter((each): each is DueProject => each.due !== null)
    .sort(
      (a, b) =>
        a.due.rank - b.due.rank ||
        (a.due.on ?? '9').localeCompare(b.due.on ?? '9') ||
        a.project.updatedAt.localeCompare(b.project.updatedAt),
    );
}

interface Submitted {
  projectId: string;
  status: string;
}

/** Of the moves, newest first, those that came back and have not been sent in again. */
export function stillReturned<T extends Submitted>(moves: T[]): T[] {
  const seen = new Set<string>();
  return moves.filter((move) => {
    const first = !seen.has(move.projectId);
    seen.add(move.projectId);
    return first && move.status === 'returned';
  });
}
