import { describe, expect, it } from 'vitest';
import { targetsOf } from './boardMoves';

describe('whither a card may go', () => {
  it('is what the server allows, and nothing else', () => {
    expect(targetsOf({ allowedActions: ['edit', 'move-to-signed', 'terminate'] })).toEqual(['signed']);
    expect(targetsOf({ allowedActions: ['edit', 'move-back'] })).toEqual([]);
    expect(targetsOf({})).toEqual([]);
  });
});
