import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Project } from '@/api/types';
import { LinkNotes } from '@/shared/leaders/LinkNotes';
import { leaderLinksQuery } from '@/shared/leaders/queries';
import { useCan } from '@/shared/queries';
import { Day } from '@/shared/When';
import { Section } from './Section';

/** The leaders linked to the project, now and before. */
export function LeaderSection({ project }: { project: Project }) {
  const { t } = useTranslation();
  const can = useCan();
  const query = useInfiniteQuery({
    ...leaderLinksQuery({ projectId: project.id }),
    enabled: can('read-leader-links') && !project.summary,
  });
  const links = query.data?.pages[0]?.items ?? [];
  if (links.length === 0) return null;
  const active = links.filter((link) => link.status === 'active').length;
  return (
    <Section title={t('leaders.section')} state={<span className="tag">{active}</span>} open={active > 0}>
      <ul className="plain-list">
        {links.map((link) => (
          <li key={link.id}>
            <div className="split">
              <strong>{link.leader.name}</strong>
              <span className="muted">
                {t('leaders.batchN', { n: link.batch })} <Day date={link.since} />
              </span>
            </div>
            <p className="row-notes">
              <LinkNotes link={link} />
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
