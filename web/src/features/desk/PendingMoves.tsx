import { useInfiniteQuery } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Move } from '@/api/types';
import { EvidenceFacts } from '@/shared/EvidenceFacts';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ReasonDialog } from '@/shared/ReasonDialog';
import { useIdempotencyKey } from '@/shared/submission';
import { FlagTags, StageTag } from '@/shared/tags';
import { Day, When } from '@/shared/When';
import { pendingMovesQuery, useReturnMove, useVerifyMove } from './queries';

export function PendingMoves() {
  const { t } = useTranslation();
  const query = useInfiniteQuery(pendingMovesQuery);
  const moves = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {query.data && moves.length === 0 && <Empty title={t('desk.noMoves')}>{t('desk.noMovesHint')}</Empty>}
      {moves.map((move) => <PendingMove key={move.id} move={move} />)}
      <LoadMore {...query} />
    </>
  );
}

function PendingMove({ move }: { move: Move }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [returning, setReturning] = useState(false);
  const verify = useVerifyMove();
  const giveBack = useReturnMove();
  const key = useIdempotencyKey();

  return (
    <article className="panel move" aria-labelledby={`move-${move.id}`}>
      <div className="panel-head">
        <div>
          <h2 id={`move-${move.id}`}><Link to={`/projects/${move.projectId}`}>{move.projectName}</Link></h2>
          <p className="hint">
            <span className="num">{move.projectCode}</span> · {move.jurisdiction.name} · {t('desk.submittedBy', { name: move.submittedBy.name })} · <When at={move.submittedAt} />
          </p>
        </div>
        <p className="move-steps"><StageTag stage={move.from} /><span aria-label={t('desk.to')}>→</span><StageTag stage={move.to} /></p>
      </div>
      <FlagTags flags={move.flags} />
      <p>{t('desk.occurredOn')} <strong><Day date={move.occurredOn} /></strong>{move.reasonCode && <> · {t('move.reasonCode')} <strong>{t(`reasonCode.${move.reasonCode}`)}</strong></>}</p>
      {move.note && <p className="text">{move.note}</p>}
      {(move.kind === 'forward' || move.kind === 'agreement') && <EvidenceFacts evidence={move.evidence} />}
      <ProblemAlert error={verify.error} />
      <div className="actions move-actions">
        {move.allowedActions.includes('verify') && (
          <Button
            type="primary" loading={verify.isPending} aria-label={t('desk.verifyOf', { name: move.projectName })}
            onClick={() => verify.mutate({ id: move.id, key: key.keyFor('verify') }, { onSuccess: () => void message.success(t('desk.verified')) })}
          >
            {t('desk.verify')}
          </Button>
        )}
        {move.allowedActions.includes('return') && (
          <Button aria-label={t('desk.returnOf', { name: move.projectName })} onClick={() => setReturning(true)}>{t('desk.return')}</Button>
        )}
        {!move.allowedActions.includes('verify') && <span className="hint">{t('desk.notYours')}</span>}
      </div>
      <ReasonDialog
        open={returning} title={t('desk.return')} confirm={t('desk.confirmReturn')} onClose={() => setReturning(false)}
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
