import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Project, TeamMember } from '@/api/types';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { useUnitName } from '@/shared/units';
import { Day } from '@/shared/When';
import { Section } from './Section';
import { teamQuery } from './queries';

// Whoever only reads does without the forms.
const AddDialog = lazy(async () => ({ default: (await import('./TeamDialogs')).AddDialog }));
const EndDialog = lazy(async () => ({ default: (await import('./TeamDialogs')).EndDialog }));

/** The people on the project, with role, from and to; those of today first. */
export function TeamSection({ project }: { project: Project }) {
  const { t } = useTranslation();
  const can = useCan();
  const unit = useUnitName();
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<TeamMember | null>(null);
  const query = useQuery({ ...teamQuery(project.id), enabled: can('read-team') });
  const mayAdd = project.allowedActions?.includes('add-team-member') ?? false;
  const members = query.data ?? [];
  const now = members.filter((member) => member.active);
  const before = members.filter((member) => !member.active);
  if (!can('read-team') || (!query.error && members.length === 0 && !mayAdd)) return null;
  return (
    <Section
      title={t('team.title')}
      state={
        now.length === 0
          ? t('team.none')
          : `${t('team.now', { count: now.length })} · ${now[0]?.name}${now.length > 1 ? ' …' : ''}`
      }
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {members.length === 0 && <p className="muted">{t('team.noneHint')}</p>}
      <ul className="plain-list">
        {[...now, ...before].map((member) => (
          <li key={member.id}>
            <div className="split">
              <strong className={member.active ? undefined : 'muted'}>{member.name}</strong>
              <span className="num">
                <Day date={member.from} /> – {member.to ? <Day date={member.to} /> : t('team.open')}
              </span>
            </div>
            <p className="row-notes">
              <span className="tag">{t(`teamRole.${member.role}`)}</span>{' '}
              {member.jurisdiction.id !== project.owner.id && (
                <span className="muted">{unit(member.jurisdiction)} </span>
              )}
              {member.endReason && <span className="muted">{t(`team.endReason.${member.endReason}`)} </span>}
              {member.endNote && <span>{member.endNote} </span>}
              {member.allowedActions.includes('end') && (
                <Button
                  size="small"
                  aria-label={t('team.endOf', { name: member.name })}
                  onClick={() => setEnding(member)}
                >
                  {t('team.end')}
                </Button>
              )}
            </p>
          </li>
        ))}
      </ul>
      {mayAdd && (
        <div className="actions">
          <Button onClick={() => setAdding(true)}>{t('team.add')}</Button>
        </div>
      )}
      <Suspense fallback={null}>
        {adding && <AddDialog project={project} onClose={() => setAdding(false)} />}
        {ending && <EndDialog member={ending} onClose={() => setEnding(null)} />}
      </Suspense>
    </Section>
  );
}
