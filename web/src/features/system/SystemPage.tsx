import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppliedMigration, SystemInstance, SystemRetention, SystemWorker } from '@/api/types';
import { DataTable, type Column } from '@/shared/DataTable';
import { formatSize } from '@/shared/fileSize';
import { Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { When } from '@/shared/When';
import { systemQuery } from './queries';

const LATEST = 10;
const DAY = 26 * 3_600_000;

/** How the system does, for whoever runs it: what runs, what waits, what is kept. */
export function SystemPage() {
  const { t } = useTranslation();
  const query = useQuery(systemQuery);
  const system = query.data;
  const unknown = <span className="muted">{t('system.unknown')}</span>;
  const tag = (good: boolean, text: string) => <span className={`tag ${good ? 'tag-ok' : 'tag-bad'}`}>{text}</span>;

  const instances: Column<SystemInstance>[] = [
    {
      key: 'host',
      title: t('system.host'),
      heading: true,
      render: (one) => (
        <span className="text">
          {one.host} {one.isThis && <small className="muted">{t('system.thisOne')}</small>}
        </span>
      ),
    },
    { key: 'version', title: t('system.version'), render: (one) => <code className="text">{one.version}</code> },
    { key: 'schema', title: t('system.schema'), render: (one) => <span className="num">{one.schema}</span> },
    { key: 'started', title: t('system.started'), render: (one) => <When at={one.startedAt} /> },
    { key: 'seen', title: t('system.seen'), render: (one) => <When at={one.seenAt} precision="second" /> },
  ];
  const workers: Column<SystemWorker>[] = [
    {
      key: 'name',
      title: t('system.worker'),
      heading: true,
      render: (one) => t(`system.workerOf.${one.name}`, { defaultValue: one.name }),
    },
    {
      key: 'state',
      title: t('system.state'),
      render: (one) =>
        tag(one.failures === 0, one.failures === 0 ? t('system.well') : t('system.failed', { count: one.failures })),
    },
    {
      key: 'success',
      title: t('system.lastSuccess'),
      render: (one) => <When at={one.lastSuccessAt} precision="second" />,
    },
    {
      key: 'since',
      title: t('system.failingSince'),
      render: (one) => <When at={one.failingSince} precision="second" />,
    },
  ];
  const migrations: Column<AppliedMigration>[] = [
    { key: 'name', title: t('system.migration'), heading: true, render: (one) => <code>{one.name}</code> },
    { key: 'at', title: t('system.applied'), render: (one) => <When at={one.appliedAt} /> },
  ];

  const rounds: Column<SystemRetention>[] = [
    {
      key: 'kind',
      title: t('system.retained'),
      heading: true,
      render: (one) => t(`system.retainedOf.${one.kind}`, { defaultValue: one.kind }),
    },
    {
      key: 'round',
      title: t('system.lastRound'),
      render: (one) =>
        one.beganAt && !one.endedAt ? (
          t('system.goesOn')
        ) : one.endedAt ? (
          <When at={one.endedAt} />
        ) : (
          t('system.noRound')
        ),
    },
    {
      key: 'before',
      title: t('system.removedBefore'),
      render: (one) =>
        one.removedBefore ? <When at={one.removedBefore} /> : one.endedAt ? t('rules.keptForEver') : '—',
    },
    { key: 'removed', title: t('system.removed'), render: (one) => <span className="num">{one.removed}</span> },
    {
      key: 'ever',
      title: t('system.removedEver'),
      render: (one) => <span className="num">{one.removedEver}</span>,
    },
  ];

  const facts: [string, ReactNode][] = system
    ? [
        [t('system.version'), <code className="text">{system.version}</code>],
        [t('system.engine'), system.engine === 'sqlite' ? 'SQLite' : 'SQL Server'],
        [t('system.schema'), <span className="num">{system.schema}</span>],
        [
          t('system.clock'),
          <>
            <When at={system.clock.now} precision="second" />{' '}
            {tag(system.clock.trusted, t(system.clock.trusted ? 'system.trusted' : 'system.distrusted'))}
          </>,
        ],
        [
          t('system.disk'),
          system.disk
            ? t('system.free', { free: formatSize(system.disk.freeBytes), total: formatSize(system.disk.totalBytes) })
            : unknown,
        ],
        [t('system.mail'), t(system.sendsMail ? 'system.mailOn' : 'system.mailOff')],
        [
          t('system.backup'),
          system.lastBackup ? (
            <span className="two-lines">
              <span>
                <When at={system.lastBackup.madeAt} />{' '}
                {tag(
                  Date.parse(system.clock.now) - Date.parse(system.lastBackup.madeAt) < DAY,
                  formatSize(system.lastBackup.sizeBytes),
                )}
              </span>
              <small className="text">{system.lastBackup.fileName}</small>
            </span>
          ) : (
            tag(false, t('system.noBackup'))
          ),
        ],
        [
          t('system.anchor'),
          <>
            <When at={system.lastAnchor?.at} />{' '}
            {system.anchorOverdueSeconds != null &&
              tag(
                system.anchorOverdueSeconds < 3 * 3600,
                t('system.notAnchored', { minutes: Math.ceil(system.anchorOverdueSeconds / 60) }),
              )}
          </>,
        ],
        [
          t('system.settlements'),
          tag(
            system.failedSettlements === 0,
            system.failedSettlements === 0
              ? t('system.allSettled')
              : t('system.notSettled', { count: system.failedSettlements }),
          ),
        ],
      ]
    : [];

  return (
    <Page
      title={t('nav.system')}
      lead={t('system.lead')}
      wide
      actions={
        <Button onClick={() => void query.refetch()} loading={query.isFetching}>
          {t('system.lookAgain')}
        </Button>
      }
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {system && (
        <>
          <Panel title={t('system.atAGlance')}>
            <dl className="facts">
              {facts.map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </Panel>
          <Panel title={t('system.queues')}>
            <dl className="facts">
              {system.queues.map((queue) => (
                <div key={queue.queue}>
                  <dt>{t(`system.queueOf.${queue.queue}`, { defaultValue: queue.queue })}</dt>
                  <dd className="num">{queue.waiting}</dd>
                </div>
              ))}
            </dl>
          </Panel>
          <Panel title={t('system.instances', { count: system.instances.length })}>
            <DataTable
              caption={t('system.instances', { count: system.instances.length })}
              columns={instances}
              rows={system.instances}
              rowKey={(one) => `${one.host} ${one.startedAt}`}
            />
          </Panel>
          <Panel title={t('system.workers')}>
            {system.workers.length === 0 ? (
              <p className="muted">{t('system.noRounds')}</p>
            ) : (
              <DataTable
                caption={t('system.workers')}
                columns={workers}
                rows={system.workers}
                rowKey={(one) => one.name}
              />
            )}
          </Panel>
          <Panel title={t('system.retention')}>
            <DataTable
              caption={t('system.retention')}
              columns={rounds}
              rows={system.retention}
              rowKey={(one) => one.kind}
            />
          </Panel>
          <Panel title={t('system.migrations', { count: system.migrations.length })}>
            <DataTable
              caption={t('system.migrations', { count: system.migrations.length })}
              columns={migrations}
              rows={system.migrations.slice(0, LATEST)}
              rowKey={(one) => one.name}
            />
          </Panel>
        </>
      )}
    </Page>
  );
}
