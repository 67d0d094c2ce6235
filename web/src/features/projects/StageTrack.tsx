import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Project, Stage } from '@/api/types';
import { EvidenceFacts } from '@/shared/EvidenceFacts';
import { Panel } from '@/shared/Page';
import { useCan } from '@/shared/queries';
import { Day } from '@/shared/When';
import { projectMovesQuery } from './queries';

const TRACK: readonly { stage: Stage; date: keyof NonNullable<Project['stageDates']> }[] = [
  { stage: 'in-talks', date: 'inTalks' },
  { stage: 'signed', date: 'signed' },
  { stage: 'registered', date: 'registered' },
  { stage: 'started', date: 'started' },
  { stage: 'in-production', date: 'inProduction' },
];

/** Where the project stands, when it came there, and on what evidence. */
export function StageTrack({ project }: { project: Project }) {
  const { t } = useTranslation();
  const can = useCan();
  const { data: moves } = useQuery({
    ...projectMovesQuery(project.id),
    enabled: !project.summary && can('read-moves'),
  });
  const verified = (moves ?? []).filter(
    (move) => move.status === 'verified' && (move.kind === 'forward' || move.kind === 'agreement'),
  );
  const current = TRACK.findIndex((each) => each.stage === project.stage);
  return (
    <Panel className="track-panel">
      <h2 className="visually-hidden">{t('project.trackTitle')}</h2>
      <ol className="track">
        {TRACK.map(({ stage, date }, i) => {
          const when = project.stageDates?.[date];
          // A stage that lies before the present one was passed, whether or not anybody knows when.
          const passed = current < 0 ? when !== undefined : i < current;
          const state = stage === project.stage ? 'now' : passed ? 'done' : 'ahead';
          const missing = (project.missing ?? []).filter((each) => each.to === stage);
          return (
            <li
              key={stage}
              className={`track-step track-${state} stage-${stage}`}
              aria-current={state === 'now' ? 'step' : undefined}
            >
              <span className="track-name">{t(`stage.${stage}`)}</span>
              <span className="track-date">
                {when ? (
                  <Day date={when} />
                ) : (
                  <span className="muted">{t(state === 'ahead' ? 'project.notYet' : 'project.dayUnknown')}</span>
                )}
              </span>
              {project.pendingMove?.to === stage && <span className="tag tag-pending">{t('project.pending')}</span>}
              {missing.length > 0 && state === 'ahead' && project.pendingMove?.to !== stage && (
                <span className="hint">{t('project.missingN', { n: missing.length })}</span>
              )}
            </li>
          );
        })}
      </ol>
      {project.stage === 'terminated' && <p className="notice notice-warn">{t('project.terminatedText')}</p>}
      {verified.length > 0 && (
        <details className="evidence">
          <summary>{t('project.evidenceTitle')}</summary>
          {verified.map((move) => (
            <section key={move.id}>
              <h3>
                {t(`stage.${move.to}`)} <Day date={move.occurredOn} />
              </h3>
              <EvidenceFacts evidence={move.evidence} />
            </section>
          ))}
        </details>
      )}
    </Panel>
  );
}
