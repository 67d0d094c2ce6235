import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Candidates, Claim, Move, Transfer } from '@/api/types';
import { loadTexts } from '@/shared/i18n';
import { renderPage } from '@/test/renderPage';
import { answers, API, meOf, problem, server } from '@/test/server';
import { hasInvestor, likeness } from './compare';
import { DeskPage } from './DeskPage';
import { ReviewPage } from './ReviewPage';

const me = meOf('coordinator', ['decide-move', 'resolve-claim', 'read-claims']);

const move: Move = {
  id: 'm-1',
  projectId: 'p-1',
  projectName: '固态电池项目',
  projectCode: '2026-000001',
  kind: 'forward',
  from: 'in-talks',
  to: 'signed',
  occurredOn: '2026-11-18',
  evidence: {
    agreementKind: 'formal',
    parties: '南湖区政府、甲公司',
    agreedAmount: { amount: 5_000_000_000, currency: 'CNY' },
  },
  status: 'pending',
  flags: [],
  submittedBy: { id: 'u-2', name: '李干事' },
  submittedAt: '2026-11-20T01:00:00Z',
  jurisdiction: { id: 'j-1', name: '南湖区' },
  allowedActions: ['verify', 'return'],
  version: 1,
};

const report: Candidates['report'] = {
  name: '智能底盘项目',
  investors: [{ name: '甲公司', uscc: '91330400MA2B80000A', country: 'CN', primary: true }],
  totalInvestment: { amount: 1_200_000_000, currency: 'CNY' },
  industryCode: '3670',
};

const claim: Claim = {
  id: 'c-1',
  sequence: 104,
  status: 'under-review',
  jurisdiction: { id: 'j-2', name: '秀洲区' },
  reportedBy: { id: 'u-3', name: '陈干事' },
  receivedAt: '2026-11-20T08:30:12.345Z',
  report: { ...report, investors: [{ name: '甲公司', country: 'CN', primary: true }] },
  contacts: [],
  receipt: { hash: 'a'.repeat(64), previousHash: 'b'.repeat(64) },
  ruleSetId: 'r-1',
  allowedActions: ['resolve'],
  version: 4,
};

const candidates: Candidates = {
  report,
  tooMany: false,
  items: [
    {
      subject: 'project',
      id: 'p-7',
      level: 'l2',
      reasons: ['same-investor'],
      jurisdiction: { id: 'j-1', name: '南湖区' },
      stage: 'in-talks',
      projectCode: '2026-000777',
      facts: {
        name: '线控底盘产业园',
        investors: [{ name: '甲公司(集团)', uscc: '91330400MA2B80000A', primary: true }],
        totalInvestment: { amount: 1_200_000_000, currency: 'CNY' },
        industryCode: '3670',
      },
    },
  ],
};

describe('pending moves', () => {
  it('show the evidence, and are verified once what follows was shown', async () => {
    let pending = [move];
    server.use(
      http.get(`${API}/moves`, () => HttpResponse.json({ items: pending, nextCursor: null })),
      http.get(`${API}/claims`, ({ request }) =>
        HttpResponse.json({
          items:
            new URL(request.url).searchParams.get('status') === 'queued'
              ? [{ ...claim, status: 'queued' }]
              : [{ ...claim, id: 'c-0', status: 'active', jurisdiction: { id: 'j-1', name: '南湖区' } }],
          nextCursor: null,
        }),
      ),
      answers('/projects/p-1/signing-notices', { items: [], nextCursor: null }),
      http.post(`${API}/moves/m-1/verify`, () => {
        pending = [];
        return HttpResponse.json({ ...move, status: 'verified' });
      }),
    );
    const { user } = await renderPage(me, '/desk', '/desk?tab=moves', <DeskPage />);
    const item = await screen.findByRole('article', { name: '固态电池项目' });
    expect(item).toHaveTextContent('正式协议');
    expect(item).toHaveTextContent('50.00 亿元');
    await user.click(within(item).getByRole('button', { name: '认定通过：固态电池项目' }));
    const dialog = (await screen.findByText('认定后立即生效，不能撤回。')).closest<HTMLElement>(
      '.ant-modal',
    ) as HTMLElement;
    expect(await within(dialog).findByText('1 家排队单位将排队终止：秀洲区。')).toBeInTheDocument();
    expect(await within(dialog).findByText(/没有有效的备案/)).toBeInTheDocument();
    await user.click(within(dialog).getByRole('button', { name: '认定通过' }));
    await user.click(within(dialog).getByRole('button', { name: '立即提交' }));
    expect(await screen.findByText('没有待认定的阶段变更')).toBeInTheDocument();
  });

  it('are returned with a reason, which stays typed when the server refuses', async () => {
    const reasons: unknown[] = [];
    server.use(
      answers('/moves', { items: [{ ...move, id: 'm-0', projectName: '别的项目' }, move], nextCursor: null } as never),
      http.post(`${API}/moves/m-1/return`, async ({ request }) => {
        reasons.push(await request.json());
        return problem('move-decided', 409, { title: '已有决定' });
      }),
    );
    const { user } = await renderPage(me, '/desk', '/desk?tab=moves', <DeskPage />);
    await user.click(await screen.findByRole('button', { name: '退回：固态电池项目' }));
    const dialog = await screen.findByRole('dialog', { name: '退回' });
    await user.click(within(dialog).getByRole('button', { name: '确认退回' }));
    expect(await within(dialog).findByText('请写明理由')).toBeInTheDocument();
    await user.type(within(dialog).getByLabelText('理由'), '协议未盖章');
    await user.click(within(dialog).getByRole('button', { name: '确认退回' }));
    expect(await within(dialog).findByText('已有决定')).toBeInTheDocument();
    expect(within(dialog).getByLabelText('理由')).toHaveValue('协议未盖章');
    expect(reasons).toEqual([{ reason: '协议未盖章' }]);
    // Each move has a dialog of its own: a label must not lead to another's field.
    expect(document.querySelectorAll(`[id="${within(dialog).getByLabelText('理由').id}"]`)).toHaveLength(1);
  });

  it('offer only what the server allows', async () => {
    server.use(answers('/moves', { items: [{ ...move, allowedActions: [] }], nextCursor: null } as never));
    await renderPage(me, '/desk', '/desk?tab=moves', <DeskPage />);
    expect(await screen.findByText('这项变更须由其他人认定。')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /认定通过/ })).not.toBeInTheDocument();
  });
});

describe('a review', () => {
  async function open() {
    const sent: { ifMatch: string | null; body: unknown }[] = [];
    server.use(
      answers('/claims/c-1', claim as never, { ETag: '"4-abc"' }),
      answers('/claims/c-1/candidates', candidates as never),
      answers('/industry-classes', { items: [] }),
      http.post(`${API}/claims/c-1/resolve`, async ({ request }) => {
        sent.push({ ifMatch: request.headers.get('If-Match'), body: await request.json() });
        return HttpResponse.json({ ...claim, status: 'queued' });
      }),
    );
    const page = await renderPage(me, '/desk/reviews/:id', '/desk/reviews/c-1', <ReviewPage />);
    await screen.findByRole('heading', { level: 1, name: '首报核定：智能底盘项目' });
    return { ...page, sent };
  }

  it('sets report and candidate side by side and says what is alike', async () => {
    await open();
    const table = await screen.findByRole('table');
    const row = (name: string) => within(table).getByRole('rowheader', { name }).closest('tr') as HTMLElement;
    expect(row('项目名称')).toHaveTextContent('智能底盘项目线控底盘产业园不同');
    expect(row('总投资')).toHaveTextContent('相同');
    expect(row('国家项目代码')).toHaveTextContent('均未填');
    expect(row('投资方')).toHaveTextContent('有共同方');
    expect(screen.getByText('二级：待核')).toBeInTheDocument();
    expect(screen.getByText('有共同投资方')).toBeInTheDocument();
  });

  it('decides “same” for the chosen project with the reason and the version that was read', async () => {
    const { user, sent } = await open();
    await user.click(await screen.findByRole('radio', { name: /与候选 1 是同一项目/ }));
    await user.type(screen.getByLabelText('理由'), '信用代码一致');
    await user.click(screen.getByRole('button', { name: '提交核定' }));
    const asked = await screen.findByRole('dialog', { name: '核定后将发生' });
    expect(sent).toEqual([]);
    await user.click(within(asked).getByRole('button', { name: '提交核定' }));
    await user.click(within(asked).getByRole('button', { name: '立即提交' }));
    expect(await screen.findByTestId('where')).toHaveTextContent('/desk');
    expect(sent).toEqual([
      { ifMatch: '"4-abc"', body: { decision: 'same', projectId: 'p-7', reason: '信用代码一致' } },
    ]);
  });

  it('decides “distinct” without a project, and nothing without a reason', async () => {
    const { user, sent } = await open();
    await user.click(await screen.findByRole('radio', { name: /都不是同一项目/ }));
    await user.click(screen.getByRole('button', { name: '提交核定' }));
    expect(await screen.findByText('请写明理由')).toBeInTheDocument();
    expect(sent).toEqual([]);
    await user.type(screen.getByLabelText('理由'), '地块不同');
    await user.click(screen.getByRole('button', { name: '提交核定' }));
    const asked = await screen.findByRole('dialog', { name: '核定后将发生' });
    await user.click(within(asked).getByRole('button', { name: '提交核定' }));
    await user.click(within(asked).getByRole('button', { name: '立即提交' }));
    await waitFor(() => expect(sent.map((each) => each.body)).toEqual([{ decision: 'distinct', reason: '地块不同' }]));
  });
});

describe('comparing facts', () => {
  it('sees through width, case and spaces only', () => {
    expect(likeness('ＡＢＣ 项目', 'abc项目')).toBe('same');
    expect(likeness('一期', '二期')).toBe('different');
    expect(likeness({ amount: 1, currency: 'CNY' }, { currency: 'CNY', amount: 1 })).toBe('same');
    expect(likeness(undefined, 'x')).toBe('one-sided');
    expect(likeness('', undefined)).toBe('neither');
  });

  it('knows an investor by credit code before name', () => {
    const investor = { name: '甲公司', uscc: '91A', primary: true };
    expect(hasInvestor([{ name: '甲集团', uscc: '91A', primary: true }], investor)).toBe(true);
    expect(hasInvestor([{ name: '甲公司', uscc: '91B', primary: true }], investor)).toBe(false);
    expect(hasInvestor([{ name: '甲公司', primary: true }], investor)).toBe(true);
  });
});

describe('names of firms', () => {
  it('are kept and taken away', async () => {
    const sent: unknown[] = [];
    let items: unknown[] = [];
    server.use(
      http.get(`${API}/firm-aliases`, () => HttpResponse.json({ items, nextCursor: null })),
      http.post(`${API}/firm-aliases`, async ({ request }) => {
        sent.push(await request.json());
        const made = {
          id: 'a-1',
          name: 'Robert Muster GmbH',
          otherName: '罗伯特穆斯特投资有限公司',
          source: 'kept',
          createdBy: { id: 'u-1', name: '王敏' },
          createdAt: '2026-11-20T01:00:00Z',
          version: 1,
        };
        items = [made];
        return HttpResponse.json(made, { status: 201 });
      }),
      http.delete(`${API}/firm-aliases/a-1`, ({ request }) => {
        sent.push(request.headers.get('If-Match'));
        items = [];
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const { user } = await renderPage(me, '/desk', '/desk?tab=names', <DeskPage />);
    await user.type(await screen.findByLabelText('名称'), 'Robert Muster GmbH');
    await user.type(screen.getByLabelText('另一名称'), '罗伯特穆斯特投资有限公司');
    await user.click(screen.getByRole('button', { name: '登记为同一企业' }));
    await user.click(await screen.findByRole('button', { name: /不再视为同一企业/ }));
    await user.click(await screen.findByRole('button', { name: '删除' }));
    await screen.findByText('暂无别名');
    expect(sent).toEqual([{ name: 'Robert Muster GmbH', otherName: '罗伯特穆斯特投资有限公司' }, '"1"']);
  });
});

describe('transfers at the desk', () => {
  beforeAll(() => loadTexts('regime'));
  const transfer: Transfer = {
    id: 't-1',
    status: 'accepted',
    project: { id: 'p-1', code: '2026-000001', name: '固态电池项目', investors: ['甲公司'] },
    from: { id: 'j-1', name: '南湖区' },
    to: { id: 'j-2', name: '秀洲区' },
    reason: '更适合',
    blind: false,
    byCentre: false,
    proposedAt: '2026-11-20T01:00:00Z',
    acceptUntil: '2026-11-27T15:59:59.999Z',
    acceptedAt: '2026-11-20T02:00:00Z',
    decideUntil: '2026-11-25T15:59:59.999Z',
    overdue: false,
    ruleSetId: 'r-1',
    allowedActions: ['approve', 'reject'],
    version: 2,
  };

  it('asks once more before one is approved, by the button and by the key', async () => {
    server.use(answers('/transfers', { items: [transfer], nextCursor: null }));
    const { user } = await renderPage(me, '/desk', '/desk?tab=transfers', <DeskPage />);
    await user.click(await screen.findByRole('button', { name: '批准：固态电池项目' }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: '取消' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.keyboard('jv');
    expect(within(await screen.findByRole('dialog')).getByText(/项目立即归 秀洲区/)).toBeTruthy();
  });

  it('holds a rejection for ten seconds, in which it can be dropped or sent at once', async () => {
    const posted: unknown[] = [];
    server.use(
      http.post(`${API}/transfers/t-1/reject`, async ({ request }) => {
        posted.push(await request.json());
        return HttpResponse.json({ ...transfer, status: 'rejected' });
      }),
      answers('/transfers', { items: [transfer], nextCursor: null }),
      answers('/reason-templates', { items: [], nextCursor: null }),
    );
    const { user } = await renderPage(me, '/desk', '/desk?tab=transfers', <DeskPage />);
    await user.click(await screen.findByRole('button', { name: '驳回：固态电池项目' }));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByRole('textbox'), '材料不全');
    await user.click(within(dialog).getByRole('button', { name: '驳回' }));
    expect(await within(dialog).findByText(/此前尚未作出决定/)).toBeInTheDocument();
    expect(within(dialog).getByRole('textbox')).toBeDisabled();
    await user.click(within(dialog).getByRole('button', { name: '撤销' }));
    expect(within(dialog).getByRole('textbox')).toHaveValue('材料不全');
    expect(posted).toEqual([]);
    await user.click(within(dialog).getByRole('button', { name: '驳回' }));
    await user.click(await within(dialog).findByRole('button', { name: '立即提交' }));
    await waitFor(() => expect(posted).toEqual([{ reason: '材料不全' }]));
  });
});
