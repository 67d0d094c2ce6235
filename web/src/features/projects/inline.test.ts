import { describe, expect, it } from 'vitest';
import { ProblemError } from 'pipeline-client';
import type { Project } from '@/api/types';
import type { Patch } from '@/shared/projectForm';
import { saveFact } from './inline';

const powers = [8, 4, 0] as const;
const project = (more: Partial<Project>): Project =>
  ({ id: 'p-1', name: '项目', investors: [], chain: '氢能', landMu: 10, ...more }) as unknown as Project;
const stale = () => new ProblemError({ type: '/problems/precondition-failed', title: 'stale', status: 412 });

/** A server that holds a newer version and takes only its tag. */
function serverWith(theirs: Project) {
  const sent: { patch: Patch; etag: string }[] = [];
  return {
    sent,
    ways: {
      powers,
      send: (patch: Patch, etag: string) => {
        sent.push({ patch, etag });
        return etag === '"2"' ? Promise.resolve() : Promise.reject(stale());
      },
      read: () => Promise.resolve({ value: theirs, etag: '"2"' }),
    },
  };
}

describe('one fact edited where it stands', () => {
  it('is sent alone, with the version it was read with', async () => {
    const { sent, ways } = serverWith(project({}));
    expect(await saveFact({ value: project({}), etag: '"2"' }, 'chain', '新能源', ways)).toEqual({
      kind: 'saved',
      again: false,
    });
    expect(sent).toEqual([{ patch: { chain: '新能源' }, etag: '"2"' }]);
  });

  it('is not sent when nothing changed', async () => {
    const { sent, ways } = serverWith(project({}));
    expect(await saveFact({ value: project({}), etag: '"1"' }, 'chain', ' 氢能 ', ways)).toEqual({
      kind: 'saved',
      again: false,
    });
    expect(sent).toEqual([]);
  });

  it('is saved upon what others changed elsewhere', async () => {
    const { sent, ways } = serverWith(project({ landMu: 20 }));
    expect(await saveFact({ value: project({}), etag: '"1"' }, 'chain', '新能源', ways)).toEqual({
      kind: 'saved',
      again: true,
    });
    expect(sent).toEqual([
      { patch: { chain: '新能源' }, etag: '"1"' },
      { patch: { chain: '新能源' }, etag: '"2"' },
    ]);
  });

  it('is put to the person when others changed the same fact', async () => {
    const { sent, ways } = serverWith(project({ chain: '光伏' }));
    const saved = await saveFact({ value: project({}), etag: '"1"' }, 'chain', '新能源', ways);
    expect(saved.kind).toBe('conflict');
    expect(sent).toHaveLength(1);
  });

  it('is done when others typed the same', async () => {
    const { ways } = serverWith(project({ chain: '新能源' }));
    expect(await saveFact({ value: project({}), etag: '"1"' }, 'chain', '新能源', ways)).toEqual({
      kind: 'saved',
      again: true,
    });
  });

  it('takes a fact away when it is emptied', async () => {
    const { sent, ways } = serverWith(project({}));
    await saveFact({ value: project({}), etag: '"2"' }, 'landMu', '', ways);
    expect(sent).toEqual([{ patch: { landMu: null }, etag: '"2"' }]);
  });
});
