import { useTranslation } from 'react-i18next';
import type { UserAccount } from '@/api/types';
import { formatInstant } from '@/shared/dates';

/** The state of an account, worst first. */
export function AccountTags({ user }: { user: UserAccount }) {
  const { t } = useTranslation();
  return (
    <span className="tags">
      {user.active ? (
        <span className="tag tag-ok">{t('users.active')}</span>
      ) : (
        <span className="tag tag-bad">{t('users.inactive')}</span>
      )}
      {user.lockedUntil && (
        <span className="tag tag-bad num">{t('users.lockedUntil', { time: formatInstant(user.lockedUntil) })}</span>
      )}
      {user.active && !user.hasPassword && !user.singleSignOn && (
        <span className="tag tag-pending">{t('users.noPassword')}</span>
      )}
      {user.active && user.mustChangePassword && <span className="tag tag-pending">{t('users.mustChange')}</span>}
      {user.secondFactor && <span className="tag">{t('users.secondFactor')}</span>}
      {user.singleSignOn && <span className="tag">{t('users.singleSignOn')}</span>}
    </span>
  );
}
