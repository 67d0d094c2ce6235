import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IdentityRow } from '@/api/types';
import { recentMonths } from '@/shared/dates';
import { DataTable } from '@/shared/DataTable';
import { Filter } from '@/shared/Filter';
import { Empty, Loading, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ProofLine } from '@/shared/ProofLine';
import { useUnitName } from '@/shared/units';
import { identityQuery } from './queries';

const FLOWS = ['opening', 'entered', 'transferredIn', 'transferredOut', 'landed', 'removed', 'closing'] as const;

/** What came into each unit's work in a month and what left it: every row balances. */
export function IdentityPanel({ unit: unitId }: { unit: string | undefined }) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const months = recentMonths(24);
  const [period, setPeriod] = useState(months[0] ?? '');
  const query = useQuery(identityQuery(period, unitId));
  const rows: IdentityRow[] = query.data
    ? [...query.data.items, ...(query.data.city && query.data.items.length > 0 ? [query.data.city] : [])]
    : [];
  return (
    <Panel title={t('identity.title')}>
      <p className="hint">{t('identity.formula')}</p>
      <div className="filters">
        <Filter id="identity-period" label={t('identity.month')}>
          <Select
            id="identity-period"
            value={period}
            onChange={setPeriod}
            options={months.map((month) => ({ value: month, label: month }))}
          />
        </Filter>
      </div>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      <ProofLine proof={query.data?.proof} />
      {query.isPending && <Loading rows={4} />}
      {query.data && rows.length === 0 && <Empty title={t('identity.empty')} />}
      {rows.length > 0 && (
        <DataTable<IdentityRow>
          caption={t('identity.title')}
          rows={rows}
          rowKey={(row) => row.unit?.id ?? 'city'}
          busy={query.isPlaceholderData}
          columns={[
            {
              key: 'unit',
              title: t('identity.unit'),
              heading: true,
              render: (row) => (row.unit ? unit(row.unit) : <strong>{t('identity.city')}</strong>),
            },
            ...FLOWS.map((flow) => ({
              key: flow,
              title: t(`identity.${flow}`),
              align: 'right' as const,
              render: (row: IdentityRow) => <span className="num">{row[flow]}</span>,
            })),
          ]}
        />
      )}
    </Panel>
  );
}
