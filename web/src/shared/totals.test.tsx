import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderPage } from '@/test/renderPage';
import { meOf } from '@/test/server';
import { TotalsText } from './Amount';

const me = meOf('coordinator', []);

describe('a total', () => {
  it('names what it leaves out, and the year whose rates stand in', async () => {
    await renderPage(
      me,
      '/',
      '/',
      <TotalsText
        totals={{
          cny: 2e9,
          byCurrency: [
            { currency: 'CNY', amount: 1e9 },
            { currency: 'THB', amount: 5e9 },
          ],
          leftOut: { count: 2, byCurrency: [{ currency: 'THB', amount: 5e9 }] },
        }}
        rateYear={2024}
      />,
    );
    expect(await screen.findByText(/未计入 2 个缺少汇率的项目：50.*THB/)).toBeVisible();
    expect(screen.getByText('按 2024 年汇率折算')).toBeVisible();
  });

  it('that leaves nothing out says nothing of it', async () => {
    await renderPage(me, '/', '/', <TotalsText totals={{ cny: 2e9, byCurrency: [] }} />);
    expect(await screen.findByText(/20/)).toBeVisible();
    expect(screen.queryByText(/汇率/)).toBeNull();
  });
});
