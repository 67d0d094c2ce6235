import { useInfiniteQuery } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { Move } from '@/api/types';
import { ConfirmDialog } from '@/shared/ConfirmDialog';
import { EvidenceFacts } from '@/shared/EvidenceFacts';
import { useKeys } from '@/shared/keys';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ReasonDialog } from '@/shared/ReasonDialog';
import { useIdempotencyKey } from '@/shared/submission';
import { FlagTags, StageTag } from '@/shared/tags';
import { useUnitName } from '@/shared/units';
import { Day, When } from '@/shared/When';
import { VerifyConsequences } from './Consequences';
import { pendingMovesQuery, useReturnMove, useVerifyMove } from './queries';

/** What waits, oldest first. With the keyboard: j and k step, v asks to verify, r returns, o opens. */
export function PendingMoves() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const query = useInfiniteQuery(pendingMovesQuery);
  const moves = query.data?.pages.flatMap((page) => page.items) ?? [];
  const [chosen, setChosen] = useState<string | null>(params.get('move'));
  const [returning, setReturning] = useState<string | null>(null);
  const acts = useRef(new Map<string, () => void>());
  // The place in the list stays when what stood there is decided.
  const [place, setPlace] = useState(0);
  const found = moves.findIndex((move) => move.id === chosen);
  const at = chosen === null ? -1 : found >= 0 ? found : Math.min(place, moves.length - 1);
  const current = moves[at];

  function step(by: number) {
    const next = Math.max(0, Math.min(moves.length - 1, at + by));
    const move = moves[next];
    if (!move) return;
    setPlace(next);
    setChosen(move.id);
    document.getElementById(`move-${move.id}`)?.querySelector<HTMLElement>('a')?.focus();
  }

  useKeys({
    j: () => step(1),
    k: () => step(at < 0 ? 1 : -1),
    o: () => current && void navigate(`/projects/${current.projectId}`),
    r: () => current?.allowedActions.includes('return') && setReturning(current.id),
    v: () => {
      if (!current?.allowedActions.includes('verify')) return;
      acts.current.get(current.id)?.();
    },
  });

  return (
    <>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {query.data && moves.length === 0 && <Empty title={t('desk.noMoves')}>{t('desk.noMovesHint')}</Empty>}
      {moves.length > 0 && (
        <p className="hint desk-keys">
          <span>
            <kbd>j</kbd> <kbd>k</kbd> {t('desk.keyStep')}
          </span>{' '}
          <span>
            <kbd>v</kbd> {t('desk.verify')}
          </span>{' '}
          <span>
            <kbd>r</kbd> {t('desk.return')}
          </span>{' '}
          <span>
            <kbd>o</kbd> {t('shortcuts.open')}
          </span>
        </p>
      )}
      {moves.map((move) => (
        <PendingMove
          key={move.id}
          move={move}
          chosen={move.id === current?.id}
          returning={move.id === returning}
          onReturning={(open) => setReturning(open ? move.id : null)}
          onAct={(act) => {
            acts.current.set(move.id, act);
          }}
        />
      ))}
      <LoadMore {...query} />
    </>
  );
}

interface Props {
  move: Move;
  chosen: boolean;
  returning: boolean;
  onReturning: (open: boolean) => void;
  onAct: (act: () => void) => void;
}

function PendingMove({ move, chosen, returning, onReturning, onAct }: Props) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const { message } = App.useApp();
  const verify = useVerifyMove();
  const giveBack = useReturnMove();
  const key = useIdempotencyKey();
  const box = useRef<HTMLElement>(null);
  const [asking, setAsking] = useState(false);
  const act = () => setAsking(true);
  useEffect(() => {
    onAct(act);
  });
  useEffect(() => {
    if (chosen) box.current?.scrollIntoView?.({ block: 'nearest' });
  }, [chosen]);

  return (
    <article
      ref={box}
      className={chosen ? 'panel move move-chosen' : 'panel move'}
      aria-labelledby={`move-${move.id}`}
      aria-current={chosen || undefined}
    >
      <div className="panel-head">
        <div>
          <h2 id={`move-${move.id}`}>
            <Link to={`/projects/${move.projectId}`}>{move.projectName}</Link>
          </h2>
          <p className="hint">
            <span className="num">{move.projectCode}</span> · {unit(move.jurisdiction)} ·{' '}
            {t('desk.submittedBy', { name: move.submittedBy.name })} · <When at={move.submittedAt} />
          </p>
        </div>
        <p className="move-steps">
          <StageTag stage={move.from} />
          <span aria-label={t('desk.to')} role="img">
            →
          </span>
          <StageTag stage={move.to} />
        </p>
      </div>
      <FlagTags flags={move.flags} />
      <p>
        {t('desk.occurredOn')}{' '}
        <strong>
          <Day date={move.occurredOn} />
        </strong>
        {move.reasonCode && (
          <>
            {' '}
            · {t('move.reasonCode')} <strong>{t(`reasonCode.${move.reasonCode}`)}</strong>
          </>
        )}
      </p>
      {move.note && <p className="text">{move.note}</p>}
      {(move.kind === 'forward' || move.kind === 'agreement') && <EvidenceFacts evidence={move.evidence} />}
      <ProblemAlert error={verify.error} />
      <div className="actions move-actions">
        {move.allowedActions.includes('verify') && (
          <Button
            type="primary"
            loading={verify.isPending}
            aria-label={t('desk.verifyOf', { name: move.projectName })}
            onClick={() => setAsking(true)}
          >
            {t('desk.verify')}
          </Button>
        )}
        {move.allowedActions.includes('return') && (
          <Button aria-label={t('desk.returnOf', { name: move.projectName })} onClick={() => onReturning(true)}>
            {t('desk.return')}
          </Button>
        )}
        {!move.allowedActions.includes('verify') && <span className="hint">{t('desk.notYours')}</span>}
      </div>
      {asking && (
        <ConfirmDialog
          held
          title={t('desk.verifyOf', { name: move.projectName })}
          confirm={t('desk.verify')}
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            await verify.mutateAsync({ id: move.id, key: key.keyFor('verify') });
            void message.success(t('desk.verified'));
          }}
        >
          <VerifyConsequences move={move} />
        </ConfirmDialog>
      )}
      <ReasonDialog
        kind="move-return"
        open={returning}
        title={t('desk.return')}
        confirm={t('desk.confirmReturn')}
        onClose={() => onReturning(false)}
        onConfirm={async (reason) => {
          await giveBack.mutateAsync({ id: move.id, reason, key: key.keyFor({ reason }) });
          message.success(t('desk.returned'));
        }}
      >
        <p>{t('desk.returnText')}</p>
      </ReasonDialog>
    </article>
  );
}
