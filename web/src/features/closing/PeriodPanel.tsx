import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SnapshotRef } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { Loading, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { When } from '@/shared/When';
import { checkQuery, periodQuery } from './queries';
import { Readiness } from './Readiness';

/** A period: what still waits while it is open, its snapshots, and whether they hold. */
export function PeriodPanel({ period, onClose }: { period: string; onClose: () => void }) {
  const { t } = useTranslation();
  const can = useCan();
  const query = useQuery(periodQuery(period));
  const told = query.data;
  const box = useRef<HTMLDivElement>(null);
  // It opens below a long table: whoever opened it is taken there.
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'start' });
  }, [period]);
  return (
    <div ref={box}>
      <Panel title={period} extra={<Button onClick={onClose}>{t('common.close')}</Button>}>
        <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
        {query.isPending && <Loading rows={4} />}
        {told?.reopening && (
          <p role="status">
            {t('periods.askedBy', { name: told.reopening.askedBy.name, reason: told.reopening.reason })}
          </p>
        )}
        {told?.status === 'open' && told.reopenReason && told.reopenedBy && (
          <p>{t('periods.reopenedBy', { name: told.reopenedBy.name, reason: told.reopenReason })}</p>
        )}
        {told?.status === 'open' && can('read-readiness') && <Readiness period={period} />}
        {told?.hash && (
          <p className="hint">
            {t('periods.hash')}: <code className="text">{told.hash}</code>
          </p>
        )}
        {told?.snapshots && told.snapshots.length > 0 && (
          <DataTable<SnapshotRef>
            caption={t('periods.snapshots')}
            rows={[...told.snapshots].reverse()}
            rowKey={(row) => row.id}
            columns={[
              {
                key: 'version',
                title: t('periods.version'),
                heading: true,
                render: (row) => (
                  <>
                    <span className="num">{row.version}</span>{' '}
                    {!row.current && <span className="hint">{t('periods.superseded')}</span>}
                  </>
                ),
              },
              { key: 'made', title: t('periods.made'), render: (row) => <When at={row.madeAt} /> },
              {
                key: 'board',
                title: t('periods.figures'),
                render: (row) =>
                  can('read-figures') && <Link to={`/boards?snapshot=${row.id}`}>{t('periods.board')}</Link>,
              },
              ...(can('verify-snapshot')
                ? [
                    {
                      key: 'verify',
                      title: t('periods.check'),
                      render: (row: SnapshotRef) => <Check id={row.id} version={row.version} />,
                    },
                  ]
                : []),
            ]}
          />
        )}
        {told && told.snapshots?.length === 0 && <p className="hint">{t('periods.none')}</p>}
      </Panel>
    </div>
  );
}

/** Holds a snapshot against its hash, the ledger and the audit trail, when asked. */
function Check({ id, version }: { id: string; version: number }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const query = useQuery({ ...checkQuery(id), enabled: asked });
  const found = query.data;
  return (
    <span aria-live="polite">
      <Button
        size="small"
        loading={query.isFetching}
        aria-label={t('periods.verifyOne', { version })}
        onClick={() => (asked ? void query.refetch() : setAsked(true))}
      >
        {t('periods.verify')}
      </Button>{' '}
      {query.error && <ProblemAlert error={query.error} />}
      {found &&
        (found.valid
          ? t('periods.holds')
          : t('periods.broken', {
              list: (['contents', 'ledger', 'trail'] as const)
                .filter((each) => !found[each])
                .map((each) => t(`periods.brokenOf.${each}`))
                .join(t('periods.separator')),
            }))}
    </span>
  );
}
