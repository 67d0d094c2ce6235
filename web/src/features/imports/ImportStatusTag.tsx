import { useTranslation } from 'react-i18next';
import type { Import } from '@/api/types';
import { UndoneTag } from './UndoPanel';

export function ImportStatusTag({ each }: { each: Import }) {
  const { t } = useTranslation();
  const tone =
    each.status === 'completed'
      ? each.dryRun
        ? ''
        : ' tag-ok'
      : each.status === 'failed' || each.status === 'cancelled'
        ? ' tag-bad'
        : ' tag-pending';
  return (
    <span>
      <span className={`tag${tone}`}>{t(`imports.status.${each.status}`)}</span>{' '}
      {each.dryRun && <span className="tag">{t('imports.isDryRun')}</span>}
      <UndoneTag undone={each.undone} />
    </span>
  );
}
