import { useInfiniteQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { DueList } from '@/shared/due/DueList';
import { dueQuery } from '@/shared/due/queries';
import { Filter } from '@/shared/Filter';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading, Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useMe } from '@/shared/queries';
import { useUrlState } from '@/shared/urlState';

const KEYS = ['within'] as const;
const LENGTHS = ['P7D', 'P14D', 'P1M', 'P3M'] as const;

/** Everything that comes due for the reader: windows, signings, lights, removals, problems, transfers, and what waits. */
export function DuePage() {
  const { t } = useTranslation();
  const officer = useMe()?.role === 'officer';
  const { values, change } = useUrlState(KEYS);
  const within = LENGTHS.find((each) => each === values.within) ?? 'P7D';
  const query = useInfiniteQuery(dueQuery(within, 50));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t('due.title')} lead={t('due.lead')}>
      <div className="filters" role="search" aria-label={t('lists.filters')}>
        <Filter id="due-within" label={t('due.within')}>
          <Select
            id="due-within"
            value={within}
            onChange={(next) => change({ within: next === 'P7D' ? undefined : next })}
            options={LENGTHS.map((each) => ({ value: each, label: t(`due.length.${each}`) }))}
          />
        </Filter>
      </div>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {query.data && items.length === 0 && <Empty title={t('due.nothing')}>{t('due.nothingHint')}</Empty>}
      <DueList items={items} withUnit={!officer} />
      <LoadMore {...query} />
    </Page>
  );
}
