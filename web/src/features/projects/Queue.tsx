import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMe } from '@/shared/queries';
import { useUnitName } from '@/shared/units';
import { When } from '@/shared/When';
import { queueQuery } from './queries';

/** Who waits behind the holder: for those who read all claims of the city, and for nobody else (R20). */
export function Queue({ projectId }: { projectId: string }) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const role = useMe()?.role;
  const { data } = useQuery({
    ...queueQuery(projectId),
    enabled: role === 'coordinator' || role === 'leader' || role === 'auditor',
  });
  if (!data?.length) return null;
  return (
    <>
      <h3>{t('queue.title')}</h3>
      <ol className="plain-list">
        {data.map((claim, i) => (
          <li key={claim.id}>
            <span className="num">{t('queue.place', { n: claim.queuePosition ?? i + 1 })}</span>{' '}
            <Link to={`/claims/${claim.id}`}>{unit(claim.jurisdiction)}</Link>{' '}
            <span className="hint">
              <When at={claim.receivedAt} />
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
