/** One row's part of a piece of work on several rows. */
export interface Task {
  id: string;
  name: string;
  what?: string;
  send: (dryRun: boolean) => Promise<unknown>;
}
export type Outcome = { state: 'ready' | 'done' } | { state: 'failed'; why: string };
export type Outcomes = ReadonlyMap<string, Outcome>;

const AT_ONCE = 4;

/** Sends the tasks, a few at a time, and tells of each what became of it: one that fails holds up no other. */
export async function runTasks(
  tasks: readonly Task[],
  dryRun: boolean,
  tell: (id: string, outcome: Outcome) => void,
): Promise<void> {
  const waiting = [...tasks];
  const work = async () => {
    for (let task = waiting.shift(); task; task = waiting.shift()) {
      try {
        await task.send(dryRun);
        tell(task.id, { state: dryRun ? 'ready' : 'done' });
      } catch (error) {
        tell(task.id, { state: 'failed', why: error instanceof Error ? error.message : String(error) });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, tasks.length) }, work));
}

export function inState(tasks: readonly Task[], outcomes: Outcomes, ...states: Outcome['state'][]): Task[] {
  return tasks.filter((task) => states.includes(outcomes.get(task.id)?.state as Outcome['state']));
}
