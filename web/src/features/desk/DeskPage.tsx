import { Segmented } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Page } from '@/shared/Page';
import { useUrlState } from '@/shared/urlState';
import { FirmNames } from './FirmNames';
import { OpenDisputes } from './OpenDisputes';
import { PendingCapital } from './PendingCapital';
import { PendingMoves } from './PendingMoves';
import { PendingTransfers } from './PendingTransfers';
import { waitingQuery } from './queries';
import { Reviews } from './Reviews';

const KEYS = ['tab'] as const;
/** Where the page begins: with the first of these that has something waiting. */
const FIRST = ['reviews', 'moves', 'disputes', 'transfers', 'capital'] as const;
const TABS = ['moves', 'transfers', 'capital', 'reviews', 'disputes', 'names'] as const;

export function DeskPage() {
  const { t } = useTranslation();
  const { values, change } = useUrlState(KEYS);
  const waiting = useQuery(waitingQuery);
  // Without a choice, what has something waiting; the oldest duty first.
  const first = FIRST.find((each) => (waiting.data?.[each] ?? 0) > 0) ?? 'reviews';
  const tab = TABS.find((each) => each === values.tab) ?? first;
  const label = (key: (typeof FIRST)[number], text: string) => {
    const count = waiting.data?.[key];
    return count === undefined ? text : t('desk.tabN', { text, count });
  };
  return (
    <Page title={t('desk.title')} lead={t('desk.lead')}>
      <div className="toolbar">
        <Segmented
          aria-label={t('desk.title')}
          value={tab}
          onChange={(next) => change({ tab: next })}
          options={[
            { value: 'reviews', label: label('reviews', t('desk.reviews')) },
            { value: 'moves', label: label('moves', t('desk.moves')) },
            { value: 'transfers', label: label('transfers', t('desk.transfers')) },
            { value: 'capital', label: label('capital', t('desk.capital')) },
            { value: 'disputes', label: label('disputes', t('disputes.desk')) },
            { value: 'names', label: t('desk.names') },
          ]}
        />
      </div>
      {tab === 'moves' && <PendingMoves />}
      {tab === 'transfers' && <PendingTransfers />}
      {tab === 'capital' && <PendingCapital />}
      {tab === 'reviews' && <Reviews />}
      {tab === 'disputes' && <OpenDisputes />}
      {tab === 'names' && <FirmNames />}
    </Page>
  );
}
