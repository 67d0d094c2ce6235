import { useTranslation } from 'react-i18next';
import type { ProjectProblem } from '@/api/types';
import './troubles.css';

/** How a problem stands, in a line. */
export function ProblemState({ problem }: { problem: ProjectProblem }) {
  const { t } = useTranslation();
  return (
    <>
      <span className={`tag problem-${problem.status}`}>{t(`problemStatus.${problem.status}`)}</span>{' '}
      {problem.urgent && <span className="tag flag">{t('problems.urgent')}</span>}{' '}
      {problem.overdue && <span className="tag flag">{t('problems.overdue')}</span>}{' '}
      {problem.level > 0 && <span className="tag flag">{t(`problems.level.${problem.level as 1 | 2 | 3}`)}</span>}
      {problem.closedIn !== undefined && (
        <span className={problem.inTime ? 'tag' : 'tag flag'}>
          {t('problems.closedIn', { count: problem.closedIn })}
          {!problem.inTime && ` · ${t('problems.late')}`}
        </span>
      )}
    </>
  );
}
