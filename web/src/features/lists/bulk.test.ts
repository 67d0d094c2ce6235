import { describe, expect, it } from 'vitest';
import { inState, runTasks, type Outcome, type Task } from './bulk';

function task(id: string, fails: boolean, sent: string[]): Task {
  return {
    id,
    name: id,
    send: async (dryRun) => {
      sent.push(`${id}${dryRun ? '?' : '!'}`);
      await Promise.resolve();
      if (fails) throw new Error(`${id} refused`);
    },
  };
}

async function run(tasks: Task[], dryRun: boolean): Promise<Map<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  await runTasks(tasks, dryRun, (id, outcome) => outcomes.set(id, outcome));
  return outcomes;
}

describe('work on several rows', () => {
  it('sends every one once, and one that fails holds up no other', async () => {
    const sent: string[] = [];
    const tasks = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => task(id, id === 'b', sent));
    const outcomes = await run(tasks, false);
    expect([...sent].sort()).toEqual(['a!', 'b!', 'c!', 'd!', 'e!', 'f!']);
    expect(outcomes.get('b')).toEqual({ state: 'failed', why: 'b refused' });
    expect(inState(tasks, outcomes, 'done').map((each) => each.id)).toEqual(['a', 'c', 'd', 'e', 'f']);
  });

  it('only checks in a dry run', async () => {
    const sent: string[] = [];
    const tasks = [task('a', false, sent), task('b', true, sent)];
    const outcomes = await run(tasks, true);
    expect([...sent].sort()).toEqual(['a?', 'b?']);
    expect(outcomes.get('a')).toEqual({ state: 'ready' });
    expect(inState(tasks, outcomes, 'failed').map((each) => each.id)).toEqual(['b']);
  });
});
