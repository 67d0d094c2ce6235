import { describe, expect, it } from 'vitest';
import type { AgendaItem } from '@/api/types';
import { slidesOf } from './WallPage';

const item = (id: string, kind: AgendaItem['kind'], project?: string, more: Partial<AgendaItem> = {}): AgendaItem => ({
  id,
  kind,
  project: project ? { id: project, name: project, investors: [] } : undefined,
  ...more,
});

describe('the slides of a wall screen', () => {
  it('show each project once, with all that the agenda has of it, and what belongs to none alone', () => {
    const slides = slidesOf([
      item('p1', 'project', 'p1'),
      item('p2', 'project', 'p2'),
      item('q1', 'problem', 'p1'),
      item('q2', 'problem', 'p3'),
      item('a1', 'action'),
      item('o1', 'other'),
    ]);
    expect(slides.map((slide) => [slide.key, slide.items.map((each) => each.id)])).toEqual([
      ['p1', ['p1', 'q1']],
      ['p2', ['p2']],
      ['p3', ['q2']],
      ['a1', ['a1']],
      ['o1', ['o1']],
    ]);
  });

  it('leave out what was taken off', () => {
    const dropped = { reason: '已议', at: '2026-05-04T00:00:00Z', by: { id: 'u', name: '王' } };
    expect(slidesOf([item('p1', 'project', 'p1', { dropped })])).toEqual([]);
  });
});
