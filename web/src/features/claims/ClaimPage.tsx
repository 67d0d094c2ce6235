import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Claim } from '@/api/types';
import { DisputeTable } from '@/shared/disputes/DisputeTable';
import { PleaDialog } from '@/shared/disputes/PleaDialog';
import { disputesQuery } from '@/shared/disputes/queries';
import { Course } from '@/shared/claims/Course';
import { ReturnedNote } from '@/shared/claims/ReturnedNote';
import { ReturnReport } from '@/shared/claims/ReturnReport';
import { formatInstant } from '@/shared/dates';
import { LinkButton } from '@/shared/LinkButton';
import { Facts, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { ReasonDialog } from '@/shared/ReasonDialog';
import { ReportFacts } from '@/shared/ReportFacts';
import { useIdempotencyKey } from '@/shared/submission';
import { ClaimStatusTag } from '@/shared/tags';
import { useUnitName } from '@/shared/units';
import { When } from '@/shared/When';
import { Outcome } from './OutcomePage';
import { claimQuery, useClaimAct, type ClaimAct } from './queries';
import { ReceiptFacts } from './ReceiptFacts';

const ACTS: readonly ClaimAct[] = ['extend', 'release', 'withdraw', 'revoke'];

export function ClaimPage() {
  const { t } = useTranslation();
  const unit = useUnitName();
  const { id = '' } = useParams();
  const query = useQuery(claimQuery(id));
  const claim = query.data?.value;
  const allowed = claim?.allowedActions ?? [];
  return (
    <Page
      title={claim ? (claim.report?.name ?? t('claims.number', { n: claim.sequence })) : t('claims.claim')}
      lead={
        claim && (
          <>
            <ClaimStatusTag status={claim.status} />{' '}
            <span>
              {t('claims.number', { n: claim.sequence })} · {unit(claim.jurisdiction)}
            </span>
          </>
        )
      }
      actions={
        claim && allowed.includes('resolve') ? (
          <LinkButton type="primary" to={`/desk/reviews/${claim.id}`}>
            {t('claims.decide')}
          </LinkButton>
        ) : undefined
      }
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading />}
      {claim && query.data && (
        <>
          <Outcome claim={claim} onOver={() => void query.refetch()} />
          <ReturnedNote claim={claim} onOver={() => void query.refetch()} />
          <Actions claim={claim} etag={query.data.etag} />
          <Contest claim={claim} />
          <Panel title={t('claims.factsTitle')}>
            <Facts
              items={[
                { label: t('receipt.receivedAt'), value: <When at={claim.receivedAt} precision="second" /> },
                { label: t('claims.reportedBy'), value: claim.reportedBy.name },
                claim.activatedAt !== undefined && {
                  label: t('claims.activatedAt'),
                  value: <When at={claim.activatedAt} precision="second" />,
                },
                claim.expiresAt !== undefined && {
                  label: t('claims.expires'),
                  value: <When at={claim.expiresAt} precision="second" />,
                },
                claim.suspendedAt !== undefined && {
                  label: t('disputes.suspended'),
                  value: <When at={claim.suspendedAt} precision="second" />,
                },
                claim.endedAt !== undefined && {
                  label: t('claims.endedAt'),
                  value: <When at={claim.endedAt} precision="second" />,
                },
                claim.endReason !== undefined && { label: t('claims.endReason'), value: claim.endReason, wide: true },
                claim.projectId !== undefined && {
                  label: t('claims.project'),
                  value: <Link to={`/projects/${claim.projectId}`}>{t('outcome.project')}</Link>,
                },
              ]}
            />
          </Panel>
          {claim.report && <ReportFacts report={claim.report} contacts={claim.contacts} />}
          <Course claimId={id} title={claim.report?.name ?? t('claims.claim')} />
          <Panel title={t('receipt.title')} extra={<Link to={`/claims/${id}/receipt`}>{t('outcome.receipt')}</Link>}>
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
        </>
      )}
    </Page>
  );
}

/** Where the outcome may be contested: until when, and the way to do it; else the way to the disputes about it. */
function Contest({ claim }: { claim: Claim }) {
  const { t } = useTranslation();
  const can = useCan();
  const [open, setOpen] = useState(false);
  const disputes = useInfiniteQuery({ ...disputesQuery({ claimId: claim.id }), enabled: can('read-disputes') });
  const filed = disputes.data?.pages.flatMap((page) => page.items) ?? [];
  const may = claim.allowedActions.includes('contest');
  if (!may && filed.length === 0) return null;
  return (
    <Panel title={t('disputes.title')}>
      {filed.length > 0 && <DisputeTable disputes={filed} />}
      {may && claim.contestUntil && (
        <p className="split">
          <span className="hint">
            {t('disputes.contestUntil', { time: formatInstant(claim.contestUntil) })}
            {claim.contestUntilProvisional && ` (${t('disputes.provisionalHelp')})`}
          </span>{' '}
          <Button onClick={() => setOpen(true)}>{t('disputes.contest')}</Button>
        </p>
      )}
      {open && <PleaDialog id={claim.id} plea="file" onClose={() => setOpen(false)} />}
    </Panel>
  );
}

function Actions({ claim, etag }: { claim: Claim; etag: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [open, setOpen] = useState<ClaimAct | null>(null);
  const act = useClaimAct(claim.id);
  const key = useIdempotencyKey();
  const offered = ACTS.filter((each) => claim.allowedActions?.includes(each));
  if (offered.length === 0 && !claim.allowedActions.some((each) => each === 'return' || each === 'resubmit'))
    return null;
  return (
    <div className="actions">
      {claim.allowedActions.includes('resubmit') && (
        <LinkButton type="primary" to={`/claims/${claim.id}/complete`}>
          {t('returned.complete')}
        </LinkButton>
      )}
      <ReturnReport claim={claim} etag={etag} />
      {offered.map((each) => (
        <Button key={each} danger={each !== 'extend'} onClick={() => setOpen(each)}>
          {t(`claimAct.${each}`)}
        </Button>
      ))}
      {offered.map((each) => (
        <ReasonDialog
          kind="claim"
          key={each}
          open={open === each}
          title={t(`claimAct.${each}`)}
          confirm={t(`claimAct.confirm.${each}`)}
          danger={each !== 'extend'}
          onClose={() => setOpen(null)}
          onConfirm={async (reason) => {
            await act.mutateAsync({ act: each, reason, etag, key: key.keyFor({ each, reason, etag }) });
            key.taken();
            message.success(t(`claimAct.done.${each}`));
          }}
        >
          <p>{t(`claimAct.text.${each}`)}</p>
        </ReasonDialog>
      ))}
    </div>
  );
}
