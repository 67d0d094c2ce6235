import type { Project, Stage } from '@/api/types';

const FORWARD: readonly Stage[] = ['signed', 'registered', 'started', 'in-production'];

/** Whither the server says that this person may move the project now. */
export function targetsOf(project: Pick<Project, 'allowedActions'>): readonly Stage[] {
  return FORWARD.filter((stage) => project.allowedActions?.includes(`move-to-${stage}`));
}
