import { ProblemState } from './ProblemState';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ProjectProblem } from '@/api/types';
import { Amount } from '@/shared/Amount';
import { FileLink } from '@/shared/FileLink';
import { useUnitName } from '@/shared/units';
import { Day, When } from '@/shared/When';
import { StepDialog } from './StepDialog';
import './troubles.css';
import type { ProblemStep } from './queries';

const STEPS: readonly ProblemStep[] = ['answer', 'close', 'reopen', 'assign', 'due', 'override'];
const MAIN: readonly ProblemStep[] = ['answer', 'close'];

/** A problem with all that the server says this person may do with it now. */
export function ProblemCard({
  problem,
  chosen = false,
  withProject = false,
}: {
  problem: ProjectProblem;
  chosen?: boolean;
  withProject?: boolean;
}) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const [asking, setAsking] = useState<ProblemStep | null>(null);
  const box = useRef<HTMLElement>(null);
  const { project, answer } = problem;
  const heading = `problem-${problem.id}`;
  useEffect(() => {
    if (chosen) box.current?.scrollIntoView?.({ block: 'nearest' });
  }, [chosen]);
  return (
    <article
      ref={box}
      className={withProject ? (chosen ? 'panel move move-chosen' : 'panel move') : 'regime-entry'}
      aria-labelledby={heading}
      aria-current={chosen || undefined}
    >
      <h3 id={heading} className="trouble-title">
        {problem.title}
      </h3>
      {withProject && (
        <p>
          {project.id ? <Link to={`/projects/${project.id}`}>{project.name}</Link> : <strong>{project.name}</strong>}
          {[problem.jurisdiction && unit(problem.jurisdiction), project.investors.join(t('common.listSeparator'))]
            .filter(Boolean)
            .map((each) => ` · ${each}`)}
          {project.totalInvestment && (
            <>
              {' · '}
              <Amount money={project.totalInvestment} />
            </>
          )}
        </p>
      )}
      <p>
        <span className="tag">{t(`problemKind.${problem.kind}`)}</span> <ProblemState problem={problem} />
      </p>
      <p className="hint">
        {t('problems.dueOn')} <Day date={problem.dueOn} />
        {problem.dueOnProvisional && ` ${t('transfers.provisional')}`}
        {problem.dueChanges > 0 && ` · ${t('problems.dueChanges', { count: problem.dueChanges })}`}
        {problem.escalatesOn && problem.status !== 'closed' && (
          <>
            {' · '}
            {t('problems.escalatesOn')} <Day date={problem.escalatesOn} />
          </>
        )}
        {' · '}
        {problem.department ? unit(problem.department) : t('problems.noDepartment')}
        {problem.blocks && ` · ${t('problems.blocksStage', { stage: t(`stage.${problem.blocks}`) })}`}
      </p>
      <p className="hint">
        {problem.byCentre ? t('problems.byCentre') : t('problems.raised')} <When at={problem.raisedAt} />
        {problem.raisedBy && ` · ${problem.raisedBy.name}`}
        {problem.reopened > 0 && ` · ${t('problems.reopenedN', { count: problem.reopened })}`}
      </p>
      {answer && (
        <div className="trouble-answer">
          <p className="text">{answer.text}</p>
          {answer.files.map((file) => (
            <FileLink key={file.id} id={file.id} name={file.name} />
          ))}
          <p className="hint">
            {answer.by.name} · <When at={answer.at} />
            {problem.contestUntil && (
              <>
                {' · '}
                {t('problems.contestUntil')} <When at={problem.contestUntil} precision="day" />
              </>
            )}
          </p>
        </div>
      )}
      {problem.reopenReason && (
        <p className="hint text">{t('problems.reopenedFor', { reason: problem.reopenReason })}</p>
      )}
      {problem.outcome && <p className="hint text">{t('problems.outcomeIs', { outcome: problem.outcome })}</p>}
      {problem.overridden && (
        <p className="hint text">{t('problems.overriddenFor', { reason: problem.overridden.reason })}</p>
      )}
      {problem.allowedActions.length > 0 && (
        <div className="actions">
          {STEPS.filter((step) => problem.allowedActions.includes(step)).map((step) => (
            <Button
              key={step}
              size="small"
              type={MAIN.includes(step) ? 'primary' : 'default'}
              aria-label={t('problems.stepOf', { step: t(`problems.step.${step}`), title: problem.title })}
              onClick={() => setAsking(step)}
            >
              {t(`problems.step.${step}`)}
            </Button>
          ))}
        </div>
      )}
      {asking && <StepDialog problem={problem} step={asking} onClose={() => setAsking(null)} />}
    </article>
  );
}
