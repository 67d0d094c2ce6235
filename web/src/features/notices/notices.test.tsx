import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Notice } from '@/api/types';
import { renderPage } from '@/test/renderPage';
import { API, meOf, problem, server } from '@/test/server';
import { Bell } from './Bell';
import { NoticesPage } from './NoticesPage';

const given: Notice[] = [
  {
    id: 'n-3',
    kind: 'review-waiting',
    at: '2026-11-20T08:30:00.000Z',
    readAt: null,
    text: '秀洲区：“光伏项目”与其他项目相近，等待中心核定',
    claimId: 'c-9',
  },
  {
    id: 'n-2',
    kind: 'move-decided',
    at: '2026-11-20T08:00:00.000Z',
    readAt: null,
    text: '“氢能项目”进入“签约”的申报被退回',
    reason: '协议缺页',
    projectId: 'p-1',
  },
  {
    id: 'n-1',
    kind: 'queue-moved',
    at: '2026-11-19T08:00:00.000Z',
    readAt: '2026-11-19T09:00:00.000Z',
    text: '首报“某项目”的排队位次升至第 1 位',
    claimId: 'c-2',
  },
];

let notices: Notice[];
let marked: unknown[];

beforeEach(() => {
  notices = given.map((notice) => ({ ...notice }));
  marked = [];
  server.use(
    http.get(`${API}/notices`, ({ request }) => {
      const unread = new URL(request.url).searchParams.get('unread') === 'true';
      const items = notices.filter((notice) => !unread || !notice.readAt);
      return HttpResponse.json({ items, nextCursor: null, total: items.length });
    }),
    http.post(`${API}/notices/:id/read`, ({ params }) => {
      marked.push(params.id);
      notices = notices.map((notice) =>
        notice.id === params.id ? { ...notice, readAt: '2026-11-20T09:00:00.000Z' } : notice,
      );
      return new HttpResponse(null, { status: 204 });
    }),
    http.post(`${API}/notices/read`, async ({ request }) => {
      marked.push(await request.json());
      notices = notices.map((notice) => ({ ...notice, readAt: notice.readAt ?? '2026-11-20T09:00:00.000Z' }));
      return new HttpResponse(null, { status: 204 });
    }),
  );
});

describe('the bell', () => {
  it('says how many are unread, and leads to what a notice tells of, which is then read', async () => {
    const { user } = await renderPage(meOf('officer', []), '/', '/', <Bell />);
    await user.click(await screen.findByRole('button', { name: '通知（2 条未读）' }));
    const panel = await screen.findByRole('dialog', { name: '最新通知' });
    expect(await within(panel).findByText('理由：协议缺页')).toBeInTheDocument();
    expect(within(panel).getByRole('link', { name: /光伏项目/ })).toHaveAttribute('href', '/desk/reviews/c-9');
    expect(within(panel).getByRole('link', { name: /某项目/ })).toHaveAttribute('href', '/claims/c-2');
    await user.click(within(panel).getByRole('link', { name: /氢能项目/ }));
    expect(await screen.findByTestId('where')).toHaveTextContent('/projects/p-1');
    await waitFor(() => expect(marked).toEqual(['n-2']));
  });

  it('closes with Escape and gives the focus back', async () => {
    const { user } = await renderPage(meOf('officer', []), '/', '/', <Bell />);
    const bell = await screen.findByRole('button', { name: '通知（2 条未读）' });
    await user.click(bell);
    await screen.findByRole('dialog');
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(bell).toHaveFocus();
  });
});

describe('the notices', () => {
  it('are marked as read up to the newest that was seen', async () => {
    const { user } = await renderPage(meOf('officer', []), '/notices', '/notices', <NoticesPage />);
    expect(await screen.findAllByRole('button', { name: '标为已读' })).toHaveLength(2);
    await user.click(screen.getByRole('button', { name: '全部标为已读' }));
    expect(await screen.findByText('已全部标为已读')).toBeInTheDocument();
    expect(marked).toEqual([{ upTo: 'n-3' }]);
    await waitFor(() => expect(screen.queryByRole('button', { name: '标为已读' })).not.toBeInTheDocument());
    expect(screen.getByRole('button', { name: '全部标为已读' })).toBeDisabled();
  });

  it('are narrowed to the unread by the address', async () => {
    const { user, router } = await renderPage(meOf('officer', []), '/notices', '/notices?show=unread', <NoticesPage />);
    expect(await screen.findByText(/光伏项目/)).toBeInTheDocument();
    expect(screen.queryByText(/某项目/)).not.toBeInTheDocument();
    await user.click(screen.getByText('全部'));
    expect(await screen.findByText(/某项目/)).toBeInTheDocument();
    expect(router.state.location.search).toBe('');
  });

  it('say so when they cannot be fetched', async () => {
    server.use(http.get(`${API}/notices`, () => problem('database-unavailable', 503)));
    await renderPage(meOf('officer', []), '/notices', '/notices', <NoticesPage />);
    expect(await screen.findByRole('button', { name: '重试' })).toBeInTheDocument();
  });
});
