import { useTranslation } from 'react-i18next';
import type { AuditOutcome } from '@/api/types';

const LOOK: Record<AuditOutcome, string> = {
  done: 'tag tag-ok',
  read: 'tag',
  denied: 'tag tag-bad',
  failed: 'tag tag-pending',
};

export function OutcomeTag({ outcome }: { outcome: AuditOutcome }) {
  const { t } = useTranslation();
  return <span className={LOOK[outcome]}>{t(`auditOutcome.${outcome}`)}</span>;
}
