import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Claim } from '@/api/types';
import { Countdown } from '@/shared/Countdown';
import { formatInstant } from '@/shared/dates';
import { LinkButton } from '@/shared/LinkButton';
import { Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { projectQuery } from '@/shared/moves/queries';
import { claimQuery } from './queries';
import { ReceiptFacts } from './ReceiptFacts';

/** What came of a report, in one sentence, with the receipt. */
export function OutcomePage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery(claimQuery(id));
  const claim = query.data?.value;
  return (
    <Page title={t('outcome.title')}>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading />}
      {claim && (
        <>
          <Outcome claim={claim} onOver={() => void query.refetch()} />
          <Panel title={t('receipt.title')}>
            <ReceiptFacts
              receipt={{
                claimId: claim.id,
                sequence: claim.sequence,
                receivedAt: claim.receivedAt,
                jurisdiction: claim.jurisdiction,
                ...claim.receipt,
              }}
            />
          </Panel>
          <p className="page-foot">
            <LinkButton type="primary" to={`/claims/${id}/receipt`}>
              {t('outcome.receipt')}
            </LinkButton>
            {claim.projectId && <LinkButton to={`/projects/${claim.projectId}`}>{t('outcome.project')}</LinkButton>}
            <Link to={`/claims/${id}`}>{t('outcome.claim')}</Link>
          </p>
        </>
      )}
    </Page>
  );
}

/** Why a queue was closed when nobody decided so: what became of the project, as far as the reader may know. */
function QueueClosed({ claim }: { claim: Claim }) {
  const { t } = useTranslation();
  const project = useQuery({ ...projectQuery(claim.projectId ?? ''), enabled: claim.projectId !== undefined });
  return (
    <>
      <p>
        {project.data
          ? t('outcome.queueClosedAt', { stage: t(`stage.${project.data.value.stage}`) })
          : t('outcome.queueClosed')}
      </p>
      {claim.contestUntil && <p>{t('outcome.contest', { time: formatInstant(claim.contestUntil) })}</p>}
    </>
  );
}

export function Outcome({ claim, onOver }: { claim: Claim; onOver?: () => void }) {
  const { t } = useTranslation();
  switch (claim.status) {
    case 'active':
      return (
        <section className="outcome outcome-active" role="status">
          <h2>{t('outcome.activeTitle')}</h2>
          {claim.expiresAt && (
            <>
              <p>{t('outcome.activeText', { time: formatInstant(claim.expiresAt, 'second') })}</p>
              <p className="outcome-count">
                {t('outcome.left')} <Countdown until={claim.expiresAt} large onOver={onOver} />
              </p>
            </>
          )}
        </section>
      );
    case 'queued':
      return (
        <section className="outcome outcome-queued" role="status">
          <h2>
            {claim.queuePosition ? t('outcome.queuedTitle', { n: claim.queuePosition }) : t('outcome.queuedTitlePlain')}
          </h2>
          <p>{t('outcome.queuedText')}</p>
        </section>
      );
    case 'under-review':
      return (
        <section className="outcome outcome-review" role="status">
          <h2>{t('outcome.reviewTitle')}</h2>
          <p>{t('outcome.reviewText')}</p>
        </section>
      );
    default:
      return (
        <section className="outcome outcome-ended" role="status">
          <h2>{t('outcome.endedTitle', { status: t(`claimStatus.${claim.status}`) })}</h2>
          {claim.endReason ? <p>{claim.endReason}</p> : claim.status === 'rejected' && <QueueClosed claim={claim} />}
          {claim.endedAt && <p>{t('time.shanghai', { time: formatInstant(claim.endedAt, 'second') })}</p>}
        </section>
      );
  }
}
