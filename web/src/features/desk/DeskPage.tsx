import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { Page } from '@/shared/Page';
import { useUrlState } from '@/shared/urlState';
import { PendingMoves } from './PendingMoves';
import { Reviews } from './Reviews';

const KEYS = ['tab'] as const;

export function DeskPage() {
  const { t } = useTranslation();
  const { values, change } = useUrlState(KEYS);
  const tab = values.tab === 'reviews' ? 'reviews' : 'moves';
  return (
    <Page title={t('desk.title')} lead={t('desk.lead')}>
      <div className="toolbar">
        <Segmented
          aria-label={t('desk.title')} value={tab} onChange={(next) => change({ tab: next === 'reviews' ? 'reviews' : undefined })}
          options={[{ value: 'moves', label: t('desk.moves') }, { value: 'reviews', label: t('desk.reviews') }]}
        />
      </div>
      {tab === 'moves' ? <PendingMoves /> : <Reviews />}
    </Page>
  );
}
