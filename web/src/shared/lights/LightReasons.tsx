import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Project } from '@/api/types';
import { DURATION_UNITS, parseDuration } from '@/shared/duration';
import { useCan } from '@/shared/queries';
import { LightTag } from '@/shared/tags';
import { Day } from '@/shared/When';
import { lightQuery } from './queries';

/** Why a project shows its light, and when it turns. */
export function LightReasons({ project }: { project: Project }) {
  const { t } = useTranslation();
  const can = useCan();
  const query = useQuery({
    ...lightQuery(project.id),
    enabled: can('read-lights') && !project.summary && !project.asOf,
  });
  const told = query.data;
  if (!told || (told.reasons.length === 0 && !told.turnsOn)) return null;
  const limit = (text: string) => {
    const duration = parseDuration(text);
    return duration && DURATION_UNITS.includes(duration.unit)
      ? t(`duration.${duration.unit}`, { n: duration.count })
      : t('lights.points', { n: text });
  };
  return (
    <div className="notice light-reasons">
      {told.reasons.map((reason) => (
        <p key={reason.rule}>
          <LightTag light={reason.light} />{' '}
          {t(`lights.reason.${reason.rule}`, { since: reason.since, limit: limit(reason.limit) })}{' '}
          <span className="hint">
            {t('lights.reachedOn')} <Day date={reason.reachedOn} />
          </span>
        </p>
      ))}
      {told.turnsOn && told.next && (
        <p className="hint">
          <Day date={told.turnsOn} /> {t(`lights.turnsTo.${told.next as 'yellow' | 'red'}`)}
        </p>
      )}
    </div>
  );
}
