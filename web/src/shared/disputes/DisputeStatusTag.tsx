import { useTranslation } from 'react-i18next';
import type { Dispute } from '@/api/types';

export function DisputeStatusTag({ dispute }: { dispute: Dispute }) {
  const { t } = useTranslation();
  return (
    <span className="tags">
      <span className={`tag dispute dispute-${dispute.status}`}>{t(`disputeStatus.${dispute.status}`)}</span>
      {dispute.overdue && <span className="tag tag-late">{t('disputes.overdue')}</span>}
      {dispute.suspendedAt && <span className="tag">{t('disputes.suspended')}</span>}
    </span>
  );
}
