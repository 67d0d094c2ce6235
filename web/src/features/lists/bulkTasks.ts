import { body, client } from '@/api/client';
import type { ContactKind, Problem, Project } from '@/api/types';
import { newKey } from '@/shared/submission';
import type { Task } from './bulk';

export interface Progress {
  kind: ContactKind;
  occurredOn: string;
  note: string;
}

/** The same progress recorded on each project. The key stays with the task, so that a retry records nothing twice. */
export function progressTasks(rows: readonly Project[], progress: Progress): Task[] {
  return rows.map((row) => {
    const key = newKey();
    return {
      id: row.id,
      name: row.name,
      send: (dryRun) =>
        sent(
          body(
            client.POST('/api/v1/projects/{id}/progress', {
              params: { path: { id: row.id }, ...asked(dryRun, key) },
              headers: dryRun ? LENIENT : {},
              body: progress,
            }),
          ),
        ),
    };
  });
}

/** The pending move of each project that has one, verified. */
export function verifyTasks(rows: readonly Project[], what: (row: Project) => string): Task[] {
  return rows.flatMap((row) => {
    const move = row.pendingMove;
    if (!move) return [];
    const key = newKey();
    return [
      {
        id: row.id,
        name: row.name,
        what: what(row),
        send: (dryRun: boolean) =>
          sent(
            body(
              client.POST('/api/v1/moves/{id}/verify', {
                params: { path: { id: move.id }, ...asked(dryRun, key) },
                headers: dryRun ? LENIENT : {},
              }),
            ),
          ),
      },
    ];
  });
}

function asked(dryRun: boolean, key: string) {
  return dryRun ? { query: { validateOnly: true } } : { header: { 'Idempotency-Key': key } };
}

/** A dry run says what would be refused; it is not refused itself. */
const LENIENT = { Prefer: 'handling=lenient' };

/** What was sent, or why it would have been refused. */
async function sent(answer: Promise<unknown>): Promise<unknown> {
  const told = await answer;
  const problem = (told as { problem?: Problem } | undefined)?.problem;
  if (problem) throw new Error(problem.detail ?? problem.title);
  return told;
}
