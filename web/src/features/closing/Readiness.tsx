import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Loading } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useUnitName } from '@/shared/units';
import { readinessQuery } from './queries';

/** What still waits before a period is closed; it bars nothing. */
export function Readiness({ period }: { period: string }) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const query = useQuery(readinessQuery(period));
  const told = query.data;
  if (query.error) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (!told) return <Loading rows={3} />;
  const kinds = [
    { key: 'moves', waiting: told.moves, to: '/desk?tab=moves' },
    { key: 'capital', waiting: told.capital, to: '/desk?tab=capital' },
    { key: 'doubts', waiting: told.doubts, to: '/desk?tab=capital' },
  ] as const;
  return (
    <div>
      <h3>{t('periods.readiness')}</h3>
      {told.incomplete && <p role="status">{t('periods.incomplete')}</p>}
      {kinds.every(({ waiting }) => waiting.count === 0) && <p>{t('periods.nothingWaits')}</p>}
      <ul>
        {kinds
          .filter(({ waiting }) => waiting.count > 0)
          .map(({ key, waiting, to }) => (
            <li key={key}>
              <Link to={to}>{t(`periods.waiting.${key}`, { count: waiting.count })}</Link>{' '}
              <span className="hint">
                {waiting.units.map((each) => `${unit(each.unit)} ${each.count}`).join(t('periods.separator'))}
              </span>
            </li>
          ))}
      </ul>
    </div>
  );
}
