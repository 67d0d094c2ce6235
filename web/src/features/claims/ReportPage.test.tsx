import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { loadDraft, saveDraft } from '@/shared/draft';
import { renderPage } from '@/test/renderPage';
import { API, meOf, officer, problem, server } from '@/test/server';
import { ReportPage } from './ReportPage';

const me = meOf('officer', ['report-project', 'register-project']);
const complete = {
  way: 'report',
  project: {
    name: '固态电池项目',
    industryCode: '3841',
    totalInvestment: { text: '12.5', power: 8, currency: 'CNY' },
    investors: [{ name: '甲公司', country: 'CN', primary: true }],
  },
  contacts: [{ kind: 'visit', occurredOn: '2026-11-11', note: '拜访董事长' }],
};

interface Sent {
  key: string | null;
  body: Record<string, unknown>;
}

function listenTo(path: string, ...answers: (() => Response)[]): Sent[] {
  const sent: Sent[] = [];
  server.use(
    http.post(API + path, async ({ request }) => {
      sent.push({
        key: request.headers.get('Idempotency-Key'),
        body: (await request.json()) as Record<string, unknown>,
      });
      return (answers[sent.length - 1] ?? answers.at(-1))?.() as Response;
    }),
  );
  return sent;
}

async function open() {
  const page = await renderPage(me, '/report', '/report', <ReportPage />);
  await screen.findByLabelText('项目名称');
  return page;
}

beforeEach(() => {
  server.use(http.get(`${API}/projects`, () => HttpResponse.json({ items: [], nextCursor: null })));
  server.use(
    http.get(`${API}/industry-classes`, () =>
      HttpResponse.json({ items: [{ code: '3841', nameZh: '锂离子电池制造', manufacturing: true }] }),
    ),
  );
});

describe('the report form', () => {
  it('shows the exact figure of what is typed', async () => {
    const { user } = await open();
    await user.type(screen.getByLabelText('总投资'), '12.3456');
    expect(screen.getByText('读作 12.3456 亿元，即 1,234,560,000.00 元')).toBeInTheDocument();
  });

  it('offers the class that the name speaks of, and takes it by a click only', async () => {
    server.use(
      http.get(`${API}/industry-classes`, ({ request }) =>
        HttpResponse.json({
          items:
            new URL(request.url).searchParams.get('text') === '动力电池项目'
              ? [{ code: '3841', nameZh: '锂离子电池制造', manufacturing: true, because: '动力电池' }]
              : [],
        }),
      ),
    );
    const { user } = await open();
    await user.type(screen.getByLabelText('项目名称'), '动力电池项目');
    await user.click(await screen.findByRole('button', { name: '3841 锂离子电池制造（“动力电池”）' }));
    expect(screen.queryByText('根据项目名称推荐：')).not.toBeInTheDocument();
    expect(await screen.findByText('按代码 3841 填报')).toBeInTheDocument();
  });

  it('asks for what every report needs before it sends anything', async () => {
    const { user } = await open();
    await user.click(screen.getByRole('button', { name: '提交首报' }));
    // Once at its field, once among those that lead there.
    await waitFor(() => expect(screen.getAllByText('请填写项目名称')).toHaveLength(2));
    expect(screen.getAllByText('请填写投资方名称')).toHaveLength(2);
    expect(screen.getAllByText('请填写总投资')).toHaveLength(2);
    expect(screen.getByRole('button', { name: '投资方 1 · 投资方名称' })).toBeInTheDocument();
  });

  it('sends the report exactly, and leads to its outcome', async () => {
    saveDraft('report', officer.id, { values: complete });
    const sent = listenTo('/claims', () => HttpResponse.json({ id: 'c-9' }, { status: 201 }));
    const { user } = await open();
    await user.click(screen.getByRole('button', { name: '提交首报' }));
    expect(await screen.findByTestId('where')).toHaveTextContent('/claims/c-9/outcome');
    expect(sent[0]?.body).toEqual({
      project: {
        name: '固态电池项目',
        industryCode: '3841',
        totalInvestment: { amount: 1_250_000_000, currency: 'CNY' },
        investors: [
          {
            name: '甲公司',
            country: 'CN',
            fortune500: false,
            china500: false,
            listed: false,
            centralSoe: false,
            specialised: false,
            primary: true,
          },
        ],
      },
      contacts: [{ kind: 'visit', occurredOn: '2026-11-11', note: '拜访董事长' }],
    });
    expect(loadDraft('report', officer.id)).toBeNull();
  });

  it('keeps one key across retries of the same submission and takes another for changed content', async () => {
    saveDraft('report', officer.id, { values: complete });
    const sent = listenTo(
      '/claims',
      () => problem('database-unavailable', 503),
      () => problem('database-unavailable', 503),
      () => HttpResponse.json({ id: 'c-9' }, { status: 201 }),
    );
    const { user } = await open();
    await user.click(screen.getByRole('button', { name: '提交首报' }));
    await waitFor(() => expect(sent).toHaveLength(1));
    await screen.findByText('database-unavailable');
    await user.click(screen.getByRole('button', { name: '提交首报' }));
    await waitFor(() => expect(sent).toHaveLength(2));
    await waitFor(() => expect(screen.getByRole('button', { name: '提交首报' })).not.toHaveClass('ant-btn-loading'));
    await user.type(screen.getByLabelText('项目名称'), '二期');
    await user.click(screen.getByRole('button', { name: '提交首报' }));
    await waitFor(() => expect(sent).toHaveLength(3));
    expect(sent[0]?.key).toMatch(/^[0-9a-f]{32}$/);
    expect(sent[1]?.key).toBe(sent[0]?.key);
    expect(sent[2]?.key).not.toBe(sent[0]?.key);
  });

  it('shows what the server refuses at its fields and the rest above the button', async () => {
    saveDraft('report', officer.id, { values: complete });
    listenTo('/claims', () =>
      problem('report-incomplete', 422, {
        title: '首报要件不全',
        errors: {
          'project.investors[0].name': [{ code: 'generic-investor', message: '请写明具体的投资方' }],
          'contacts[0].occurredOn': [{ code: 'contact-too-old', message: '接洽已超过 90 天' }],
          'project.mystery': [{ code: 'x', message: '无处可放' }],
        },
      }),
    );
    const { user } = await open();
    await user.click(screen.getByRole('button', { name: '提交首报' }));
    const atField = (message: string) =>
      screen
        .getAllByText(message)
        .map((each) => each.closest('.ant-form-item'))
        .find((item) => item !== null);
    await waitFor(() => expect(screen.getAllByText('请写明具体的投资方')).toHaveLength(2));
    const investor = atField('请写明具体的投资方');
    expect(within(investor as HTMLElement).getByLabelText('投资方名称')).toBeInTheDocument();
    const contact = atField('接洽已超过 90 天');
    expect(within(contact as HTMLElement).getByLabelText('接洽日期')).toBeInTheDocument();
    const alert = screen.getByText('首报要件不全').closest('[role=alert]');
    expect(alert).toHaveTextContent('首报要件不全');
    expect(alert).toHaveTextContent('无处可放');
    expect(alert).toHaveTextContent('request-1');
    expect(alert).not.toHaveTextContent('接洽已超过 90 天');
  });

  it('turns a registration into a report with one click, keeping everything', async () => {
    saveDraft('report', officer.id, { values: { ...complete, way: 'register' } });
    listenTo('/projects', () => problem('report-required', 422, { title: '须首报' }));
    const claims = listenTo('/claims', () => HttpResponse.json({ id: 'c-9' }, { status: 201 }));
    const { user } = await open();
    await user.click(screen.getByRole('button', { name: '登记项目' }));
    await user.click(await screen.findByRole('button', { name: '改为首报并提交' }));
    expect(await screen.findByTestId('where')).toHaveTextContent('/claims/c-9/outcome');
    expect(claims[0]?.body).toMatchObject({ project: { name: '固态电池项目' }, contacts: [{ note: '拜访董事长' }] });
  });

  it('turns a report below the threshold into a registration with one click', async () => {
    saveDraft('report', officer.id, { values: complete });
    listenTo('/claims', () => problem('below-threshold', 422, { title: '未达门槛' }));
    const projects = listenTo('/projects', () => HttpResponse.json({ id: 'p-9' }, { status: 201 }));
    const { user } = await open();
    await user.click(screen.getByRole('button', { name: '提交首报' }));
    await user.click(await screen.findByRole('button', { name: '改为限额以下登记并提交' }));
    expect(await screen.findByTestId('where')).toHaveTextContent('/projects/p-9');
    expect(projects[0]?.body).toMatchObject({ name: '固态电池项目' });
    expect(projects[0]?.body).not.toHaveProperty('contacts');
  });

  it('saves what is typed as a draft, restores it, and forgets it when told to', async () => {
    const { user, view } = await open();
    await user.type(screen.getByLabelText('项目名称'), '氢能装备');
    await waitFor(
      () =>
        expect(
          loadDraft<{ values: { project: { name: string } } }>('report', officer.id)?.content.values.project.name,
        ).toBe('氢能装备'),
      { timeout: 3000 },
    );
    view.unmount();

    const again = await open();
    expect(screen.getByLabelText('项目名称')).toHaveValue('氢能装备');
    await again.user.click(screen.getByRole('button', { name: '放弃草稿' }));
    expect(screen.getByLabelText('项目名称')).toHaveValue('');
    expect(loadDraft('report', officer.id)).toBeNull();
  });

  it('keeps exactly one primary investor', async () => {
    const { user } = await open();
    await user.click(screen.getByRole('button', { name: '增加投资方' }));
    const [first, second] = screen.getAllByRole('radio', { name: '主投资方' });
    expect(first).toBeChecked();
    await user.click(second as HTMLElement);
    expect(first).not.toBeChecked();
    await user.click(screen.getByRole('button', { name: '移除投资方 2' }));

    // A single one is the primary one, and is not asked for it.
    expect(screen.queryByRole('radio', { name: '主投资方' })).toBeNull();
    await user.click(screen.getByRole('button', { name: '增加投资方' }));
    expect(
      screen.getAllByRole('radio', { name: '主投资方' }).map((each) => (each as HTMLInputElement).checked),
    ).toEqual([true, false]);
  });
});
