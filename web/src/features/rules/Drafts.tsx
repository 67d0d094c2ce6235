import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { When } from '@/shared/When';
import { draftsQuery } from './queries';

/** Drafts that wait for a second person; those that are done with are left to the trail. */
export function Drafts() {
  const { t } = useTranslation();
  const query = useQuery(draftsQuery);
  const open = query.data?.filter((draft) => draft.status === 'draft') ?? [];
  if (query.error) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (open.length === 0) return null;
  return (
    <Panel title={t('drafts.waiting')}>
      <ul className="plain-list">
        {open.map((draft) => (
          <li key={draft.id}>
            <Link to={`/rule-sets/drafts/${draft.id}`}>{draft.rules.name}</Link>
            <p className="hint">
              <span className="num">{t('drafts.from', { from: draft.rules.effectiveFrom })}</span> ·{' '}
              {t('drafts.by', { name: draft.draftedBy.name })} · <When at={draft.draftedAt} />
              {draft.outdated && <span className="tag flag"> {t('drafts.outdated')}</span>}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
