import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import type { AuditEntry } from '@/api/types';
import { renderPage } from '@/test/renderPage';
import { answers, API, meOf, server } from '@/test/server';
import { AuditPage } from './AuditPage';
import { auditFilter } from './auditState';
import { readable } from './changes';

const entry: AuditEntry = {
  id: 'a-1',
  seq: 41,
  at: '2026-11-20T08:30:12.345Z',
  actor: { kind: 'person', id: 'u-2', name: '王干事', role: 'officer', onBehalfOf: '南湖区' },
  action: 'edited',
  outcome: 'done',
  subject: { kind: 'project', id: 'p-1' },
  project: { id: 'p-1', code: '2026-000001', name: '固态电池项目' },
  address: '10.1.2.3',
  client:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  request: 'PATCH /api/v1/projects/p-1',
  requestId: 'r-77',
  hash: 'a'.repeat(64),
  previousHash: 'b'.repeat(64),
  changes: [
    { field: 'totalInvestment.amount', before: 5_000_000_000, after: 6_000_000_000 },
    { field: 'totalInvestment.currency', before: 'CNY', after: 'CNY' },
    { field: 'name', before: '固态电池', after: '固态电池项目' },
    { field: 'jurisdictionId', before: null, after: 'j-1' },
  ],
};

async function open(at: string) {
  const asked: string[] = [];
  server.use(
    http.get(`${API}/audit`, ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json({
        items: [entry, { ...entry, id: 'a-0', seq: 40, action: 'something-new', changes: [] }],
        nextCursor: null,
      });
    }),
    answers('/jurisdictions', {
      items: [
        {
          id: 'j-1',
          code: 'nanhu',
          name: '南湖区',
          kind: 'district',
          reports: true,
          active: true,
          provincialZone: false,
          aliases: [],
          version: 1,
        },
      ],
      nextCursor: null,
    }),
  );
  return {
    ...(await renderPage(
      meOf('auditor', ['read-audit', 'verify-audit', 'read-projects']),
      '/audit',
      at,
      <AuditPage />,
    )),
    asked,
  };
}

describe('the audit trail', () => {
  it('asks for what the address says, times being Shanghai’s', async () => {
    const { asked, router, user } = await open('/audit?outcome=denied&from=2026-11-20T08:00&to=2026-11-20T09:30');
    await screen.findByText('something-new');
    expect(Object.fromEntries(new URLSearchParams(asked[0]))).toEqual({
      outcome: 'denied',
      from: '2026-11-20T00:00:00.000Z',
      to: '2026-11-20T01:30:59.999Z',
      limit: '50',
    });
    await user.type(screen.getByLabelText('请求编号'), 'r-77{Enter}');
    expect(new URLSearchParams(router.state.location.search).get('requestId')).toBe('r-77');
    expect(new URLSearchParams(router.state.location.search).get('outcome')).toBe('denied');
  });

  it('finds the record by its name or number, and lets the trail be taken as it is filtered', async () => {
    const asked: string[] = [];
    vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:file');
    const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
    server.use(
      http.get(`${API}/projects`, ({ request }) => {
        asked.push(new URL(request.url).searchParams.get('q') ?? '');
        return HttpResponse.json({
          items: [{ id: 'p-9', name: '光伏支架项目', code: '2026-000009' }],
          nextCursor: null,
        });
      }),
      http.get(`${API}/exports/audit.xlsx`, ({ request }) => {
        asked.push(new URL(request.url).search);
        return new HttpResponse('x');
      }),
    );
    const { router, user } = await open('/audit?outcome=done');
    await user.type(await screen.findByLabelText('对象'), '光伏');
    await user.click(await screen.findByTitle('项目 光伏支架项目 2026-000009'));
    const address = new URLSearchParams(router.state.location.search);
    expect([address.get('subjectKind'), address.get('subjectId')]).toEqual(['project', 'p-9']);
    await user.click(screen.getByRole('button', { name: '导出' }));
    await vi.waitFor(() => expect(saved).toHaveBeenCalled());
    expect(asked).toContain('?outcome=done&subjectKind=project&subjectId=p-9');
    vi.restoreAllMocks();
    expect(asked).toContain('光伏');
  });

  it('shows an entry in full, with each field before and after', async () => {
    const { user, router } = await open('/audit');
    await user.click(await screen.findByRole('button', { name: '查看第 41 条：修改项目' }));
    const drawer = await screen.findByRole('dialog');
    expect(drawer).toHaveTextContent('Chrome, Windows');
    expect(drawer).toHaveTextContent('2026-11-20 16:30:12.345');
    expect(drawer).toHaveTextContent('a'.repeat(64));
    const row = (name: string) => within(drawer).getByRole('rowheader', { name }).closest('tr') as HTMLElement;
    expect(row('总投资').querySelector('del')).toHaveTextContent('50.00 亿元');
    expect(row('总投资').querySelector('ins')).toHaveTextContent('60.00 亿元');
    expect(row('名称').querySelector('ins')).toHaveTextContent('固态电池项目');
    expect(row('单位').querySelector('del')).toBeNull();
    expect(row('单位').querySelector('ins')).toHaveTextContent('南湖区');
    await user.click(within(drawer).getByRole('link', { name: '同一请求的记录' }));
    expect(router.state.location.search).toBe('?requestId=r-77');
  });

  it('says where the chain breaks', async () => {
    const { user } = await open('/audit');
    server.use(
      answers('/audit/verify', {
        valid: false,
        checked: 39,
        anchorsChecked: 2,
        firstBroken: { seq: 40, reason: 'previous-hash' },
      }),
    );
    await user.click(await screen.findByRole('button', { name: '核验' }));
    expect(await screen.findByText('审计日志有改动')).toBeInTheDocument();
    expect(screen.getByText('第一处不符：第 40 条，与上一条不相连')).toBeInTheDocument();
  });
});

describe('reading filters and changes', () => {
  it('leaves out what an address holds of nonsense', () => {
    expect(auditFilter({ outcome: 'whatever', from: 'yesterday', action: 'edited' })).toEqual({ action: 'edited' });
  });

  it('reads an amount with its currency, and of a thing the name', () => {
    expect(
      readable([
        { field: 'capital.amount', before: null, after: 5 },
        { field: 'capital.currency', before: null, after: 'USD' },
        { field: 'owner.id', before: 'j-1', after: 'j-2' },
        { field: 'owner.name', before: '南湖区', after: '秀洲区' },
        { field: 'other.amount', before: 1, after: 2 },
      ]),
    ).toEqual([
      { field: 'capital', before: null, after: { amount: 5, currency: 'USD' } },
      { field: 'owner', before: '南湖区', after: '秀洲区' },
      { field: 'other.amount', before: 1, after: 2 },
    ]);
  });
});
