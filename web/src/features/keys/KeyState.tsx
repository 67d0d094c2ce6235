import { useTranslation } from 'react-i18next';
import { serverNow } from '@/api/session';
import type { ApiKey } from '@/api/types';
import { formatInstant } from '@/shared/dates';

/** Whether a key works, and if not, why. */
export function KeyState({ apiKey: key }: { apiKey: ApiKey }) {
  const { t } = useTranslation();
  if (key.revokedAt)
    return (
      <span className="tag tag-bad" title={formatInstant(key.revokedAt)}>
        {t('keys.revoked')}
      </span>
    );
  if (key.expiresAt && Date.parse(key.expiresAt) <= serverNow())
    return <span className="tag tag-bad">{t('keys.expired')}</span>;
  return (
    <span className="tags">
      {key.waiting ? (
        <span className="tag tag-pending">{t('keys.waiting')}</span>
      ) : (
        <span className="tag tag-ok" title={key.confirmedBy && t('keys.confirmedBy', { name: key.confirmedBy.name })}>
          {t('keys.usable')}
        </span>
      )}
      {key.previousUntil && (
        <span className="tag tag-pending num">{t('keys.overlap', { time: formatInstant(key.previousUntil) })}</span>
      )}
    </span>
  );
}
