import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import type { Dispute } from '@/api/types';
import { renderPage } from '@/test/renderPage';
import { answers, API, meOf, problem, server } from '@/test/server';
import { DisputePage } from './DisputePage';

const dispute: Dispute = {
  id: 'd-1',
  side: 'city',
  status: 'awaiting-decision',
  projectName: '氢能装备制造基地项目',
  claimId: 'c-2',
  respondentClaimId: 'c-1',
  projectId: 'p-1',
  contestant: { id: 'j-2', name: '秀洲区' },
  respondent: { id: 'j-1', name: '南湖区' },
  grounds: '我们先到',
  files: [],
  filedAt: '2026-05-04T01:00:00.000Z',
  answerDue: '2026-05-08T15:59:59.999Z',
  answer: '材料齐全',
  answeredAt: '2026-05-06T01:00:00.000Z',
  decisionDue: '2026-05-12T15:59:59.999Z',
  overdue: true,
  evidenceHash: 'ab12',
  ruleSetId: 'r-1',
  allowedActions: ['decide', 'suspend'],
  version: 2,
};

async function open(shown: Dispute) {
  server.use(answers('/disputes/d-1', shown as never, { ETag: '"2-abc"' }));
  return renderPage(
    meOf('coordinator', ['read-disputes', 'decide-dispute']),
    '/disputes/:id',
    '/disputes/d-1',
    <DisputePage />,
  );
}

describe('a dispute', () => {
  it('is decided with an outcome and a reason; what ends a claim may say that the report was false', async () => {
    const { user } = await open(dispute);
    const sent: unknown[] = [];
    server.use(
      answers('/disputes/d-1/outcomes', {
        items: ['uphold', 'reassign', 'co-negotiate', 'revoke'].map((outcome) =>
          outcome === 'co-negotiate'
            ? { outcome, possible: false, onlyAsFalseReport: false, problem: { status: 409, detail: '首报已经结束' } }
            : { outcome, possible: true, onlyAsFalseReport: false },
        ),
      } as never),
      http.post(`${API}/disputes/d-1/decide`, async ({ request }) => {
        sent.push(await request.json());
        return sent.length === 1
          ? problem('answer-awaited', 409)
          : HttpResponse.json({ ...dispute, status: 'decided', outcome: 'revoke' });
      }),
    );
    await user.click(await screen.findByRole('button', { name: '双方共同洽谈' }));
    const dialog = await screen.findByRole('dialog', { name: '作出决定' });
    // What the server refuses as things stand is not offered, and it says why.
    const impossible = await within(dialog).findByRole('radio', { name: /双方共同洽谈/ });
    expect(impossible).toBeDisabled();
    expect(impossible).toBeChecked();
    expect(within(dialog).getByText('不能作此决定：首报已经结束')).toBeInTheDocument();
    await user.click(within(dialog).getByRole('button', { name: '作出决定' }));
    await waitFor(() => expect(within(dialog).getAllByText('不能作此决定：首报已经结束')).toHaveLength(2));
    expect(sent).toEqual([]);
    expect(within(dialog).queryByRole('checkbox')).not.toBeInTheDocument();
    await user.click(within(dialog).getByRole('radio', { name: /撤销对方首报/ }));
    await user.click(await within(dialog).findByRole('checkbox', { name: '认定对方报送不实' }));
    await user.type(within(dialog).getByLabelText('决定理由'), '走访记录不实');
    await user.click(within(dialog).getByRole('button', { name: '作出决定' }));
    expect(await within(dialog).findByText('answer-awaited')).toBeInTheDocument();
    expect(within(dialog).getByLabelText('决定理由')).toHaveValue('走访记录不实');
    await user.click(within(dialog).getByRole('button', { name: '作出决定' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(sent[1]).toEqual({ outcome: 'revoke', reason: '走访记录不实', falseReport: true });
  });

  it('shows a side only what the server tells it', async () => {
    const { answer: _answer, claimId: _claim, contestant: _contestant, ...known } = dispute;
    await open({ ...known, side: 'respondent', allowedActions: [], overdue: false });
    expect(await screen.findByText(/针对本单位/)).toBeInTheDocument();
    expect(screen.getByText('我们先到')).toBeInTheDocument();
    expect(screen.queryByText(/秀洲区/)).not.toBeInTheDocument();
    expect(screen.getByText('对方已于 2026-05-06 答复，内容由中心审阅。')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: '查看证据' })).not.toBeInTheDocument();
  });
});
