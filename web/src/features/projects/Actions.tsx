import { App, Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Project, Stage } from '@/api/types';
import { useCodeText } from '@/shared/i18n';
import { LinkButton } from '@/shared/LinkButton';
import { MoveDialog } from '@/shared/moves/MoveDialog';
import { Panel } from '@/shared/Page';
import { useCan } from '@/shared/queries';
import { newKey } from '@/shared/submission';
import { ClaimDialog } from './ClaimDialog';
import { ProgressDialog } from './ProgressDialog';
import { projectMovesQuery, useWithdrawMove } from './queries';
import { StepDialog, type Step } from './StepDialog';

const FORWARD: readonly Stage[] = ['signed', 'registered', 'started', 'in-production'];
const STEPS: readonly { action: string; step: Step }[] = [
  { action: 'move-back', step: 'back' },
  { action: 'terminate', step: 'terminate' },
  { action: 'reactivate', step: 'reactivate' },
];

type Dialog = { kind: 'progress' } | { kind: 'claim' } | { kind: 'move'; to: Stage } | { kind: 'step'; step: Step };

/** What comes next, and all else that the server says this person may do with the project now. */
export function Actions({ project, etag }: { project: Project; etag: string }) {
  const { t } = useTranslation();
  const code = useCodeText();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const allowed = new Set(project.allowedActions ?? []);
  const moves = FORWARD.filter((to) => allowed.has(`move-to-${to}`));
  const steps = STEPS.filter(({ action }) => allowed.has(action));
  // A dialog that is done later closes itself only, not the one opened since.
  const close = () => setDialog((now) => (now === dialog ? null : now));

  const next = moves[0];
  const lacks = (project.missing ?? [])
    .filter((each) => each.to === next)
    .map((each) => code('evidence', each.field.replace(/^evidence\./, '')));
  const something = allowed.size > 0 || project.pendingMove !== undefined;
  if (!something) return null;
  const first = allowed.has('report-claim') ? 'claim' : next ? 'move' : 'progress';

  return (
    <Panel className="next" title={t('next.title')}>
      <PendingMove project={project} />
      {project.reportRequired && <p>{t('next.claim')}</p>}
      {next && (
        <p className="next-text">
          <strong>{t('next.move', { stage: t(`stage.${next}`) })}</strong>{' '}
          {lacks.length === 0 ? (
            t('next.ready')
          ) : (
            <>
              {t('next.needs')}{' '}
              {lacks.map((each) => (
                <span key={each} className="tag">
                  {each}
                </span>
              ))}
            </>
          )}
        </p>
      )}
      <div className="actions">
        {allowed.has('report-claim') && (
          <Button type="primary" onClick={() => setDialog({ kind: 'claim' })}>
            {t('projectAct.claim')}
          </Button>
        )}
        {moves.map((to) => (
          <Button
            key={to}
            type={first === 'move' ? 'primary' : 'default'}
            onClick={() => setDialog({ kind: 'move', to })}
          >
            {t('projectAct.moveTo', { stage: t(`stage.${to}`) })}
          </Button>
        ))}
        {allowed.has('record-progress') && (
          <Button type={first === 'progress' ? 'primary' : 'default'} onClick={() => setDialog({ kind: 'progress' })}>
            {t('projectAct.progress')}
          </Button>
        )}
        {allowed.has('edit') && <LinkButton to={`/projects/${project.id}/edit`}>{t('projectAct.edit')}</LinkButton>}
        {steps.map(({ step }) => (
          <Button
            key={step}
            type="text"
            danger={step === 'terminate'}
            onClick={() => setDialog({ kind: 'step', step })}
          >
            {t(`projectAct.${step}`)}
          </Button>
        ))}
      </div>
      {dialog?.kind === 'progress' && <ProgressDialog projectId={project.id} onClose={close} />}
      {dialog?.kind === 'claim' && <ClaimDialog project={project} onClose={close} />}
      {dialog?.kind === 'move' && <MoveDialog project={project} etag={etag} to={dialog.to} onClose={close} />}
      {dialog?.kind === 'step' && <StepDialog project={project} etag={etag} step={dialog.step} onClose={close} />}
    </Panel>
  );
}

function PendingMove({ project }: { project: Project }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const can = useCan();
  const { data: moves } = useQuery({
    ...projectMovesQuery(project.id),
    enabled: project.pendingMove !== undefined && can('read-moves'),
  });
  const withdraw = useWithdrawMove();
  const pending = project.pendingMove;
  if (!pending) return null;
  const move = moves?.find((each) => each.id === pending.id);
  return (
    <div className="notice" role="status">
      <span>
        {t('project.pendingText', { stage: t(`stage.${pending.to}`) })}
        {move ? ` ${t('project.pendingBy', { name: move.submittedBy.name })}` : ''}
      </span>
      {move?.allowedActions.includes('withdraw') && (
        <Button
          size="small"
          loading={withdraw.isPending}
          onClick={() =>
            withdraw.mutate(
              { id: move.id, key: newKey() },
              {
                onSuccess: () => void message.success(t('projectAct.withdrawn')),
                onError: (error) => void message.error(error.message),
              },
            )
          }
        >
          {t('projectAct.withdrawMove')}
        </Button>
      )}
    </div>
  );
}
