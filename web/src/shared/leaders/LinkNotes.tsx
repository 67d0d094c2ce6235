import { useTranslation } from 'react-i18next';
import type { LeaderLink } from '@/api/types';
import { LightTag, StageTag } from '@/shared/tags';
import { Day } from '@/shared/When';

/** How a linked project stands: stage, light, the leader's last contact, or why the link was closed. */
export function LinkNotes({ link }: { link: LeaderLink }) {
  const { t } = useTranslation();
  return (
    <>
      <StageTag stage={link.project.stage} /> <LightTag light={link.project.light} />{' '}
      <span className="tag">{t(`leaders.role.${link.role}`)}</span>{' '}
      {link.noContact && <span className="tag flag">{t('leaders.noContact')}</span>}{' '}
      {link.endReason ? (
        <span className="muted">
          {t(`leaders.end.${link.endReason}`)} <Day date={link.endedOn} />
        </span>
      ) : (
        <span className="muted">
          {t('leaders.lastContact')}{' '}
          {link.lastContactOn ? <Day date={link.lastContactOn} /> : t('leaders.neverContact')}
        </span>
      )}
    </>
  );
}
