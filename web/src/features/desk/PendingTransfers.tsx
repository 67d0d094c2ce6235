import { useInfiniteQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '@/shared/keys';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { TransferCard } from '@/shared/transfers/TransferCard';
import { transfersQuery, type TransferStep } from '@/shared/transfers/queries';

/** Transfers that wait for the centre. With the keyboard: j and k step, v approves, r rejects; each is asked for once more. */
export function PendingTransfers() {
  const { t } = useTranslation();
  const query = useInfiniteQuery(transfersQuery({ status: 'accepted' }));
  const transfers = query.data?.pages.flatMap((page) => page.items) ?? [];
  const [at, setAt] = useState(-1);
  const acts = useRef(new Map<string, (step: TransferStep) => void>());
  const current = transfers[Math.min(at, transfers.length - 1)];
  const step = (by: number) => setAt((now) => Math.max(0, Math.min(transfers.length - 1, now + by)));
  const act = (what: TransferStep) => current && acts.current.get(current.id)?.(what);
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    v: () => void act('approve'),
    r: () => void act('reject'),
  });
  return (
    <>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={4} />}
      {query.data && transfers.length === 0 && <Empty title={t('desk.noTransfers')}>{t('desk.noTransfersHint')}</Empty>}
      {transfers.length > 0 && (
        <p className="hint desk-keys">
          <span>
            <kbd>j</kbd> <kbd>k</kbd> {t('desk.keyStep')}
          </span>{' '}
          <span>
            <kbd>v</kbd> {t('transfers.step.approve')}
          </span>{' '}
          <span>
            <kbd>r</kbd> {t('transfers.step.reject')}
          </span>
        </p>
      )}
      {transfers.map((transfer) => (
        <TransferCard
          key={transfer.id}
          transfer={transfer}
          chosen={transfer.id === current?.id}
          onAct={(take) => acts.current.set(transfer.id, take)}
        />
      ))}
      <LoadMore {...query} />
    </>
  );
}
