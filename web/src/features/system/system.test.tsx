import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { System } from '@/api/types';
import { renderPage } from '@/test/renderPage';
import { answers, meOf, server } from '@/test/server';
import { SystemPage } from './SystemPage';

const system: System = {
  version: '1.2.0',
  engine: 'sqlite',
  schema: '0171',
  migrations: Array.from({ length: 12 }, (_, at) => ({
    name: `01${71 - at}_step`,
    appliedAt: '2026-11-20T08:00:00.000Z',
  })),
  instances: [
    {
      host: 'a:1',
      version: '1.2.0',
      schema: '0171',
      startedAt: '2026-11-20T08:00:00.000Z',
      seenAt: '2026-11-20T09:00:00.000Z',
      isThis: true,
    },
    {
      host: 'b:2',
      version: '1.1.0',
      schema: '0160',
      startedAt: '2026-11-20T07:00:00.000Z',
      seenAt: '2026-11-20T09:00:00.000Z',
      isThis: false,
    },
  ],
  workers: [
    { name: 'DeliverInTheBackground', lastSuccessAt: '2026-11-20T08:59:00.000Z', failures: 3 },
    { name: 'SomethingNew', failures: 0 },
  ],
  queues: [{ queue: 'webhooks', waiting: 17 }],
  retention: [
    { kind: 'import-files', removed: 0, removedEver: 0 },
    {
      kind: 'import-rows',
      beganAt: '2026-11-20T01:00:00.000Z',
      endedAt: '2026-11-20T01:00:00.000Z',
      removed: 0,
      removedEver: 0,
    },
    {
      kind: 'read-notices',
      beganAt: '2026-11-20T01:00:00.000Z',
      endedAt: '2026-11-20T01:00:01.000Z',
      removedBefore: '2025-11-19T16:00:00.000Z',
      removed: 12,
      removedEver: 345,
    },
  ],
  failedSettlements: 2,
  sendsMail: true,
  clock: { now: '2026-11-20T09:00:00.000Z', trusted: false },
};

async function open(told: System) {
  server.use(answers('/system', told));
  await renderPage(meOf('admin', ['read-system']), '/system', '/system', <SystemPage />);
  await screen.findByText('1.2.0', { selector: 'dd *' });
}

describe('the page of the system', () => {
  it('says what is amiss, and that the rest is not known', async () => {
    await open(system);
    expect(screen.getByText('未知')).toBeInTheDocument(); // the disk
    expect(screen.getByText('无备份记录')).toHaveClass('tag-bad');
    expect(screen.getByText('不可信：暂停报送和修改')).toHaveClass('tag-bad');
    expect(screen.getByText('2 个项目无法结算')).toHaveClass('tag-bad');
    expect(screen.getByText('连续失败 3 次')).toHaveClass('tag-bad');
    expect(screen.getByText('SomethingNew')).toBeInTheDocument(); // a worker that has no name here yet
    expect(screen.getByText('17')).toBeInTheDocument();
    expect(screen.getByText('（当前应答）').closest('tr')).toHaveTextContent('a:1');
    const migrations = screen.getByRole('table', { name: /12 项/ });
    expect(within(migrations).getAllByRole('row')).toHaveLength(11); // a head, and the ten latest
  });

  it('marks a backup that is older than a day', async () => {
    const lastBackup = { madeAt: '2026-11-19T06:59:00.000Z', fileName: '/backup/a.db', sizeBytes: 5 << 20, hash: 'x' };
    await open({ ...system, lastBackup, disk: { freeBytes: 3 * 1024 ** 3, totalBytes: 10 * 1024 ** 3 } });
    expect(screen.getByText('5.0 MB')).toHaveClass('tag-bad'); // 26 h and a minute
    expect(screen.getByText('剩余 3.0 GB，共 10.0 GB')).toBeInTheDocument();
  });
});
