import { beforeEach, describe, expect, it } from 'vitest';
import {
  exportColumns,
  layoutNames,
  pin,
  readLayout,
  shift,
  STANDARD,
  storedLayout,
  storeLayout,
  toggle,
  type Layout,
} from './columns';

const layout = (names: string): Layout => readLayout(names) ?? [];
const names = (of: Layout) => layoutNames(of).join();

describe('the columns of the table', () => {
  it('are read from an address as it was written', () => {
    expect(names(layout('*name,stage,total-investment'))).toBe('*name,stage,total-investment');
  });

  it('leave out what is unknown or named twice, and always hold the name', () => {
    expect(names(layout('stage,dreams,stage,*owner'))).toBe('*name,*owner,stage');
    expect(readLayout('dreams,')).toBeUndefined();
    expect(readLayout(null)).toBeUndefined();
  });

  it('have the pinned ones first', () => {
    expect(names(pin(layout('*name,stage,owner'), 'owner'))).toBe('*name,*owner,stage');
    expect(names(pin(layout('*name,*owner,stage'), 'name'))).toBe('*owner,name,stage');
  });

  it('are shown at the end and hidden again, but for the name', () => {
    expect(names(toggle(layout('*name,stage'), 'owner'))).toBe('*name,stage,owner');
    expect(names(toggle(layout('*name,stage,owner'), 'stage'))).toBe('*name,owner');
    expect(names(toggle(layout('*name,stage'), 'name'))).toBe('*name,stage');
  });

  it('move by one place, never between pinned and not', () => {
    expect(names(shift(layout('*name,stage,owner'), 'owner', -1))).toBe('*name,owner,stage');
    expect(names(shift(layout('*name,stage,owner'), 'stage', -1))).toBe('*name,stage,owner');
    expect(names(shift(layout('*name,stage,owner'), 'owner', 1))).toBe('*name,stage,owner');
  });

  it('are exported in their order, an amount with its currency', () => {
    expect(exportColumns(layout('*name,claim,total-investment,stage'))).toBe(
      'name,claim-status,claim-expires-at,total-investment,currency,stage',
    );
  });
});

describe('what a person chose', () => {
  beforeEach(() => localStorage.clear());

  it('is there again, for that person only', () => {
    storeLayout('u-1', layout('*name,owner'));
    expect(names(storedLayout('u-1') ?? [])).toBe('*name,owner');
    expect(storedLayout('u-2')).toBeUndefined();
  });

  it('is forgotten when it is the standard again', () => {
    storeLayout('u-1', layout('*name,owner'));
    storeLayout('u-1', STANDARD);
    expect(storedLayout('u-1')).toBeUndefined();
  });
});
