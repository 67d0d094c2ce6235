import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { renderPage } from '@/test/renderPage';
import { answers, meOf, server } from '@/test/server';
import { listed, matches, type Find } from './finds';
import { Palette } from './Palette';
import { noteRecent, recents } from './recent';

const find = (more: Partial<Find>): Find => ({ id: more.title ?? '', group: 'pages', title: '', ...more });

describe('finding', () => {
  it('sees through case, width and spaces', () => {
    expect(matches(find({ title: 'API 密钥' }), 'ａｐｉ密')).toBe(true);
    expect(matches(find({ title: '首页' }), '页首')).toBe(false);
  });

  it('shows the recent ones until something is typed', () => {
    const all = [
      find({ group: 'recent', title: '甲' }),
      find({ title: '甲页' }),
      find({ group: 'claims', title: '甲首报' }),
      find({ group: 'projects', title: '乙（由服务器找到）' }),
    ];
    expect(listed(all, ' ').map((each) => each.title)).toEqual(['甲', '甲页']);
    expect(listed(all, '甲').map((each) => each.title)).toEqual(['甲页', '甲首报', '乙（由服务器找到）']);
  });

  it('remembers six, each once, for each person apart, and only addresses of this system', () => {
    for (let n = 1; n <= 8; n += 1) noteRecent('u', { to: `/p/${n}`, title: String(n) });
    noteRecent('u', { to: '/p/5', title: '5' });
    expect(recents('u').map((each) => each.title)).toEqual(['5', '8', '7', '6', '4', '3']);
    expect(recents('another')).toEqual([]);
    localStorage.setItem('pipeline.recent.u', JSON.stringify([{ to: 'https://elsewhere', title: 'x' }, 7]));
    expect(recents('u')).toEqual([]);
  });
});

describe('the palette', () => {
  it('asks the server once the input method has finished, and Enter while it composes chooses nothing', async () => {
    const asked: string[] = [];
    server.use(answers('/claims', { items: [], nextCursor: null }));
    server.events.on('request:start', ({ request }) => {
      const url = new URL(request.url);
      if (url.pathname.endsWith('/projects')) asked.push(url.searchParams.get('q') ?? '');
    });
    server.use(
      answers('/projects', {
        items: [{ id: 'p-1', name: '氢能项目', stage: 'signed', owner: { id: 'j', name: '南湖区' }, secret: false }],
        nextCursor: null,
      }),
    );
    const close = vi.fn();
    await renderPage(
      meOf('coordinator', ['read-projects', 'read-claims']),
      '/',
      '/',
      <Palette
        me={meOf('coordinator', ['read-projects', 'read-claims'])}
        pages={[]}
        onClose={close}
        onHelp={() => undefined}
      />,
    );
    const field = await screen.findByRole('combobox', { hidden: true });
    fireEvent.compositionStart(field);
    fireEvent.change(field, { target: { value: 'qing neng' } });
    fireEvent.keyDown(field, { key: 'Enter', isComposing: true, keyCode: 229 });
    expect(close).not.toHaveBeenCalled();
    fireEvent.change(field, { target: { value: '氢能' } });
    fireEvent.compositionEnd(field);
    expect(await screen.findByRole('option', { name: /氢能项目/, hidden: true })).toBeInTheDocument();
    expect(asked).toEqual(['氢能']);
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(close).toHaveBeenCalledOnce();
    expect(await screen.findByTestId('where')).toHaveTextContent('/projects/p-1');
    server.events.removeAllListeners();
  });
});
