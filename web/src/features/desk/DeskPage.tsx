import { Segmented } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Page } from '@/shared/Page';
import { useUrlState } from '@/shared/urlState';
import { FirmNames } from './FirmNames';
import { Inbox } from './Inbox';
import { inboxQuery } from './inbox';
import { OpenDisputes } from './OpenDisputes';
import { PendingCapital } from './PendingCapital';
import { PendingMoves } from './PendingMoves';
import { PendingTransfers } from './PendingTransfers';
import { waitingQuery } from './queries';
import { ReasonTexts } from './ReasonTexts';
import { Reviews } from './Reviews';

const KEYS = ['tab', 'move'] as const;
type Counted = 'reviews' | 'moves' | 'disputes' | 'transfers' | 'capital';
const TABS = ['inbox', 'moves', 'transfers', 'capital', 'reviews', 'disputes', 'names', 'reasons'] as const;

export function DeskPage() {
  const { t } = useTranslation();
  const { values, change } = useUrlState(KEYS);
  const waiting = useQuery(waitingQuery);
  const inbox = useQuery(inboxQuery);
  // Without a choice, everything that waits; an address that names a move leads to it.
  const tab = TABS.find((each) => each === values.tab) ?? (values.move ? 'moves' : 'inbox');
  const label = (key: Counted, text: string) => {
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
            {
              value: 'inbox',
              label: inbox.data
                ? t('desk.tabN', { text: t('inbox.title'), count: inbox.data.length })
                : t('inbox.title'),
            },
            { value: 'reviews', label: label('reviews', t('desk.reviews')) },
            { value: 'moves', label: label('moves', t('desk.moves')) },
            { value: 'transfers', label: label('transfers', t('desk.transfers')) },
            { value: 'capital', label: label('capital', t('desk.capital')) },
            { value: 'disputes', label: label('disputes', t('disputes.desk')) },
            { value: 'names', label: t('desk.names') },
            { value: 'reasons', label: t('reasons.title') },
          ]}
        />
      </div>
      {tab === 'inbox' && <Inbox />}
      {tab === 'moves' && <PendingMoves />}
      {tab === 'transfers' && <PendingTransfers />}
      {tab === 'capital' && <PendingCapital />}
      {tab === 'reviews' && <Reviews />}
      {tab === 'disputes' && <OpenDisputes />}
      {tab === 'names' && <FirmNames />}
      {tab === 'reasons' && <ReasonTexts />}
    </Page>
  );
}
