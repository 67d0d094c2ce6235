import { App, Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Transfer } from '@/api/types';
import { Amount } from '@/shared/Amount';
import { Countdown } from '@/shared/Countdown';
import { ConfirmDialog } from '@/shared/ConfirmDialog';
import { Facts } from '@/shared/Page';
import { DocumentMenu } from '@/shared/DocumentMenu';
import { ReasonDialog } from '@/shared/ReasonDialog';
import { useIdempotencyKey } from '@/shared/submission';
import { useUnitName } from '@/shared/units';
import { When } from '@/shared/When';
import { useTransferStep, type TransferStep } from './queries';

const STEPS: readonly TransferStep[] = ['approve', 'reject', 'accept', 'decline', 'cancel'];
const MAIN: readonly TransferStep[] = ['approve', 'accept'];
// What the centre decides; a unit's own answer is its own to give.
const HELD: readonly TransferStep[] = ['approve', 'reject'];
const WITH_REASON: readonly TransferStep[] = ['decline', 'reject'];

/** A transfer with all that the server says this person may do with it now. */
export function TransferCard({
  transfer,
  chosen = false,
  onAct,
}: {
  transfer: Transfer;
  chosen?: boolean;
  /** Hands out what the keyboard does: a step, as if its button were pressed. */
  onAct?: (act: (step: TransferStep) => void) => void;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const unit = useUnitName();
  const take = useTransferStep();
  const key = useIdempotencyKey();
  const [asking, setAsking] = useState<TransferStep | null>(null);
  const box = useRef<HTMLElement>(null);
  const { project, status } = transfer;
  const name = project.name ?? t('market.blindName', { division: project.industryCode ?? t('common.none') });
  const from = transfer.from ? unit(transfer.from) : t('market.blindUnit');
  const heading = `transfer-${transfer.id}`;
  const act = (step: TransferStep) => transfer.allowedActions.includes(step) && setAsking(step);
  // What is answered must not become the effect's own cleaning up.
  useEffect(() => {
    onAct?.(act);
  });
  useEffect(() => {
    if (chosen) box.current?.scrollIntoView?.({ block: 'nearest' });
  }, [chosen]);

  async function decide(step: TransferStep, reason?: string) {
    await take.mutateAsync({
      id: transfer.id,
      version: transfer.version,
      step,
      reason,
      key: key.keyFor({ step, reason }),
    });
    message.success(t(`transfers.done.${step}`));
  }

  return (
    <article
      ref={box}
      className={chosen ? 'panel move move-chosen' : 'panel move'}
      aria-labelledby={heading}
      aria-current={chosen || undefined}
    >
      <div className="panel-head">
        <div>
          <h2 id={heading}>{project.id ? <Link to={`/projects/${project.id}`}>{name}</Link> : name}</h2>
          <p className="hint">
            {project.code && <span className="num">{project.code} · </span>}
            {t('transfers.proposed')} <When at={transfer.proposedAt} />
            {transfer.byCentre && ` · ${t('transfers.byCentre')}`}
            {!project.name && ` · ${t('market.blindHint')}`}
          </p>
        </div>
        <p className="move-steps">
          <span className="tag">{from}</span>
          <span aria-label={t('transfers.to')} role="img">
            →
          </span>
          <span className="tag">{unit(transfer.to)}</span>
        </p>
      </div>
      <p>
        <span className={`tag transfer-${status}`}>{t(`transferStatus.${status}`)}</span>{' '}
        {status === 'proposed' && (
          <>
            {t('transfers.acceptUntil')} <When at={transfer.acceptUntil} precision="second" />{' '}
            <Countdown until={transfer.acceptUntil} />
            {transfer.acceptUntilProvisional && <span className="hint"> {t('transfers.provisional')}</span>}
          </>
        )}
        {status === 'accepted' && transfer.decideUntil && (
          <>
            {t('transfers.decideUntil')} <When at={transfer.decideUntil} precision="second" />{' '}
            {transfer.overdue && <span className="tag flag">{t('transfers.overdue')}</span>}
          </>
        )}
        {transfer.endedAt && (
          <>
            <When at={transfer.endedAt} />
            {transfer.endReason && ` · ${t(`transferEnd.${transfer.endReason}`)}`}
          </>
        )}
      </p>
      <Facts
        items={[
          project.investors
            ? { label: t('transfers.investors'), value: project.investors.join(t('common.listSeparator')) }
            : null,
          project.investors
            ? { label: t('transfers.amount'), value: <Amount money={project.totalInvestment} /> }
            : null,
          project.industryCode
            ? { label: t('transfers.industry'), value: <span className="num">{project.industryCode}</span> }
            : null,
          project.landMu === undefined
            ? null
            : { label: t('transfers.land'), value: <span className="num">{project.landMu}</span> },
          project.energyTce === undefined
            ? null
            : { label: t('transfers.energy'), value: <span className="num">{project.energyTce}</span> },
          { label: t('transfers.reason'), value: <span className="text">{transfer.reason}</span>, wide: true },
          transfer.endNote
            ? { label: t('transfers.endNote'), value: <span className="text">{transfer.endNote}</span>, wide: true }
            : null,
        ]}
      />
      <div className="actions move-actions">
        <DocumentMenu
          address={`transfers/${transfer.id}/form`}
          title={`${t('transfers.form')}-${transfer.proposedAt.slice(0, 10)}`}
          label={t('transfers.form')}
        />
        {STEPS.filter((step) => transfer.allowedActions.includes(step)).map((step) => (
          <Button
            key={step}
            type={MAIN.includes(step) ? 'primary' : 'default'}
            aria-label={t('transfers.stepOf', { step: t(`transfers.step.${step}`), name })}
            onClick={() => setAsking(step)}
          >
            {t(`transfers.step.${step}`)}
          </Button>
        ))}
      </div>
      {asking && WITH_REASON.includes(asking) && (
        <ReasonDialog
          kind="transfer"
          open
          held={HELD.includes(asking)}
          title={t(`transfers.step.${asking}`)}
          confirm={t(`transfers.step.${asking}`)}
          onClose={() => setAsking(null)}
          onConfirm={(reason) => decide(asking, reason)}
        >
          <p>{t('transfers.reasonRead')}</p>
        </ReasonDialog>
      )}
      {asking && !WITH_REASON.includes(asking) && (
        <ConfirmDialog
          title={t(`transfers.step.${asking}`)}
          confirm={t(`transfers.step.${asking}`)}
          held={HELD.includes(asking)}
          onClose={() => setAsking(null)}
          onConfirm={() => decide(asking)}
        >
          <p>
            {t(`transfers.ask.${asking as 'accept' | 'approve' | 'cancel'}`, {
              to: unit(transfer.to),
              from,
            })}
          </p>
        </ConfirmDialog>
      )}
    </article>
  );
}
