import { useTranslation } from 'react-i18next';
import type { MeetingAction } from '@/api/types';

/** How an action stands, in a line. */
export function ActionState({ action }: { action: MeetingAction }) {
  const { t } = useTranslation();
  return (
    <>
      <span className="tag">{t(`actionStatus.${action.status}`)}</span>{' '}
      {action.overdue && <span className="tag flag">{t('actions.overdue')}</span>}{' '}
      {action.level > 0 && <span className="tag flag">{t(`actions.level.${action.level as 1 | 2 | 3}`)}</span>}{' '}
      {action.carried > 0 && <span className="tag">{t('actions.carried', { count: action.carried })}</span>}
      {action.inTime === false && <span className="tag flag">{t('actions.late')}</span>}
    </>
  );
}
