import { describe, expect, it } from 'vitest';
import { readUrl } from '@/shared/urlState';
import type { SavedView } from '@/api/types';
import { readLayout, STANDARD } from './columns';
import { LIST_KEYS } from './listState';
import { showsView, viewAddress, viewQuery } from './viewState';

const at = (search: string) => readUrl(new URLSearchParams(search), LIST_KEYS);

describe('a saved view', () => {
  it('keeps filters and order, and the columns beside them', () => {
    expect(viewQuery(at('view=table&stage=signed&sort=name&columns=*name,stage'))).toBe(
      'view=table&stage=signed&sort=name',
    );
  });

  it('leads to an address that the page understands, whatever was stored', () => {
    expect(viewAddress({ query: 'stage=signed&evil=1&columns=code', columns: ['*name', 'dreams', 'stage'] })).toBe(
      '/lists?stage=signed&columns=*name%2Cstage',
    );
    expect(viewAddress({ query: '', columns: [] })).toBe('/lists?');
  });

  it('is recognised on the page that shows it', () => {
    const view = { query: 'stage=signed&view=table', columns: ['*name', 'stage'] } as unknown as SavedView;
    expect(showsView(view, at('view=table&stage=signed'), readLayout('*name,stage') ?? [])).toBe(true);
    expect(showsView(view, at('view=table&stage=signed'), STANDARD)).toBe(false);
    expect(showsView(view, at('view=table'), readLayout('*name,stage') ?? [])).toBe(false);
  });
});
