import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { DisputeTable } from '@/shared/disputes/DisputeTable';
import { disputesQuery } from '@/shared/disputes/queries';
import { Empty, Loading } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';

/** Disputes and appeals that wait for the centre's decision. */
export function OpenDisputes() {
  const { t } = useTranslation();
  const waiting = useInfiniteQuery(disputesQuery({ status: 'awaiting-decision' }));
  const appeals = useInfiniteQuery(disputesQuery({ status: 'appealed' }));
  const disputes = [...(appeals.data?.pages ?? []), ...(waiting.data?.pages ?? [])]
    .flatMap((page) => page.items)
    .sort((a, b) => a.decisionDue.localeCompare(b.decisionDue));
  const ready = waiting.data && appeals.data;
  return (
    <>
      <ProblemAlert
        error={waiting.error ?? appeals.error}
        onRetry={() => void Promise.all([waiting.refetch(), appeals.refetch()])}
      />
      {!ready && <Loading rows={4} />}
      {ready && disputes.length === 0 && <Empty title={t('disputes.deskEmpty')}>{t('disputes.deskEmptyHint')}</Empty>}
      {disputes.length > 0 && <DisputeTable disputes={disputes} />}
    </>
  );
}
