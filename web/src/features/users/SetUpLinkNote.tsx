import { useTranslation } from 'react-i18next';
import type { SetUpLink } from '@/api/types';
import { CopyField } from '@/shared/CopyField';
import { formatInstant } from '@/shared/dates';

/** The one-time link as it is sent. */
export const linkAddress = (link: SetUpLink) => new URL(link.url, window.location.origin).href;

/** The one-time link, shown this once. */
export function SetUpLinkNote({ link, name }: { link: SetUpLink; name: string }) {
  const { t } = useTranslation();
  return (
    <div className="once" role="status">
      <h3>{t('users.linkTitle')}</h3>
      <p>{t('users.linkFor', { name })}</p>
      <CopyField label={t('users.linkCopy')} value={linkAddress(link)} rows={3} />
      <p className="hint">{t('users.linkOnce', { time: formatInstant(link.expiresAt) })}</p>
    </div>
  );
}
