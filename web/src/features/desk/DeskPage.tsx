import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { Page } from '@/shared/Page';
import { useUrlState } from '@/shared/urlState';
import { FirmNames } from './FirmNames';
import { OpenDisputes } from './OpenDisputes';
import { PendingCapital } from './PendingCapital';
import { PendingMoves } from './PendingMoves';
import { PendingTransfers } from './PendingTransfers';
import { Reviews } from './Reviews';

const KEYS = ['tab'] as const;
const TABS = ['moves', 'transfers', 'capital', 'reviews', 'disputes', 'names'] as const;

export function DeskPage() {
  const { t } = useTranslation();
  const { values, change } = useUrlState(KEYS);
  const tab = TABS.find((each) => each === values.tab) ?? 'moves';
  return (
    <Page title={t('desk.title')} lead={t('desk.lead')}>
      <div className="toolbar">
        <Segmented
          aria-label={t('desk.title')}
          value={tab}
          onChange={(next) => change({ tab: next === 'moves' ? undefined : next })}
          options={[
            { value: 'moves', label: t('desk.moves') },
            { value: 'transfers', label: t('desk.transfers') },
            { value: 'capital', label: t('desk.capital') },
            { value: 'reviews', label: t('desk.reviews') },
            { value: 'disputes', label: t('disputes.desk') },
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
