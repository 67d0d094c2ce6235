import { useQuery } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { body, client } from '@/api/client';
import type { Dispute, DisputeOutcome, FileRef } from '@/api/types';
import { CourseSteps } from '@/shared/claims/Course';
import { DocumentMenu } from '@/shared/DocumentMenu';
import { FileLink } from '@/shared/FileLink';
import { Facts, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ReasonDialog } from '@/shared/ReasonDialog';
import { useIdempotencyKey } from '@/shared/submission';
import { useUnitName } from '@/shared/units';
import { When } from '@/shared/When';
import './disputes.css';
import { DecideDialog } from './DecideDialog';
import { DisputeStatusTag } from '@/shared/disputes/DisputeStatusTag';
import { dueOf, Parties, ProvisionalMark } from '@/shared/disputes/DisputeTable';
import { EvidencePanel } from './EvidencePanel';
import { PleaDialog } from '@/shared/disputes/PleaDialog';
import { disputeQuery, OUTCOMES, useDisputeStep } from '@/shared/disputes/queries';

const STEPS = ['answer', 'appeal', 'suspend', 'resume', 'withdraw'] as const;
type Step = (typeof STEPS)[number];

/** What happened in a dispute, step by step, as far as the reader may know. */
function DisputeSteps({ id, version }: { id: string; version: number }) {
  const course = useQuery({
    queryKey: ['disputes', id, 'course', version],
    queryFn: () => body(client.GET('/api/v1/disputes/{id}/course', { params: { path: { id } } })),
  });
  return (
    <>
      <ProblemAlert error={course.error} onRetry={() => void course.refetch()} />
      {course.isPending && <Loading rows={2} />}
      <CourseSteps steps={course.data?.items ?? []} />
    </>
  );
}

/** A dispute from its grounds to its last word, as far as the reader may know. */
export function DisputePage() {
  const { t } = useTranslation();
  const unit = useUnitName();
  const { id = '' } = useParams();
  const query = useQuery(disputeQuery(id));
  const dispute = query.data;
  const due = dispute && dueOf(dispute);
  return (
    <Page
      title={dispute ? dispute.projectName : t('disputes.one')}
      lead={
        dispute && (
          <>
            <DisputeStatusTag dispute={dispute} /> <Parties dispute={dispute} />
            {due && (
              <>
                {' '}
                · {t('disputes.due')} <When at={due} /> <ProvisionalMark dispute={dispute} />
              </>
            )}
          </>
        )
      }
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading />}
      {dispute && (
        <>
          <Steps dispute={dispute} />
          <Panel
            title={t('disputes.course')}
            extra={
              <DocumentMenu
                address={`disputes/${dispute.id}/decision`}
                title={`${t('disputes.paper')}-${dispute.filedAt.slice(0, 10)}`}
                label={t('disputes.paper')}
              />
            }
          >
            <Facts
              items={[
                dispute.claimId !== undefined && {
                  label: t('disputes.contestantClaim'),
                  value: (
                    <Link to={`/claims/${dispute.claimId}`}>{dispute.contestant && unit(dispute.contestant)}</Link>
                  ),
                },
                dispute.respondentClaimId !== undefined && {
                  label: t('disputes.respondentClaim'),
                  value: (
                    <Link to={`/claims/${dispute.respondentClaimId}`}>
                      {dispute.respondent && unit(dispute.respondent)}
                    </Link>
                  ),
                },
                dispute.projectId !== undefined && {
                  label: t('disputes.project'),
                  value: <Link to={`/projects/${dispute.projectId}`}>{t('outcome.project')}</Link>,
                },
                dispute.suspendedAt !== undefined && {
                  label: t('disputes.suspended'),
                  value: t('disputes.suspendedAt', { time: dispute.suspendedAt.slice(0, 10) }),
                },
              ]}
            />
            <DisputeSteps id={dispute.id} version={dispute.version} />
          </Panel>
          <Said title={t('disputes.grounds')} by={dispute.filedBy?.name} at={dispute.filedAt} files={dispute.files}>
            {dispute.grounds}
          </Said>
          {dispute.answerDue && (
            <Said
              title={t('disputes.answer')}
              by={dispute.answeredBy?.name}
              at={dispute.answeredAt}
              files={dispute.answerFiles}
            >
              {dispute.answer ??
                (dispute.answeredAt ? (
                  t('disputes.told', { time: dispute.answeredAt.slice(0, 10) })
                ) : (
                  <span className="muted">
                    {t('disputes.waiting')} · {t('disputes.answerDue')} <When at={dispute.answerDue} />
                  </span>
                ))}
            </Said>
          )}
          {dispute.outcome && (
            <Said
              title={`${t('disputes.outcomeLabel')} · ${t(`disputes.outcome.${dispute.outcome}`)}`}
              by={dispute.decidedBy?.name}
              at={dispute.decidedAt}
            >
              {dispute.reason}
              {dispute.falseReport && (
                <p>
                  <span className="tag tag-late">{t('disputes.barred')}</span>
                </p>
              )}
            </Said>
          )}
          {dispute.appealedAt && (
            <Said
              title={t('disputes.appeal')}
              by={
                dispute.appellant && t(`disputes.${dispute.appellant === 'contestant' ? 'contestant' : 'respondent'}`)
              }
              at={dispute.appealedAt}
            >
              {dispute.appealGrounds ?? <span className="muted">{t('disputes.appealed')}</span>}
            </Said>
          )}
          {dispute.finalOutcome && (
            <Said
              title={`${t('disputes.finalOutcome')} · ${t(`disputes.outcome.${dispute.finalOutcome}`)}`}
              by={dispute.finalBy?.name}
              at={dispute.finalAt}
            >
              {dispute.finalReason}
            </Said>
          )}
          <EvidencePanel dispute={dispute} />
        </>
      )}
    </Page>
  );
}

/** What somebody said, when, and with which files. */
function Said({
  title,
  by,
  at,
  files,
  children,
}: {
  title: string;
  by?: string;
  at?: string;
  files?: FileRef[];
  children: ReactNode;
}) {
  return (
    <Panel
      title={title}
      extra={
        at && (
          <span className="muted">
            {by ? `${by} · ` : ''}
            <When at={at} />
          </span>
        )
      }
    >
      <div className="said">{children}</div>
      {files && files.length > 0 && (
        <ul className="file-list">
          {files.map((file) => (
            <li key={file.id}>
              <FileLink id={file.id} name={file.name} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Steps({ dispute }: { dispute: Dispute }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [open, setOpen] = useState<Step | null>(null);
  const [outcome, setOutcome] = useState<DisputeOutcome | null>(null);
  const take = useDisputeStep(dispute.id);
  const key = useIdempotencyKey();
  const close = () => setOpen(null);
  const offered = STEPS.filter((step) => dispute.allowedActions.includes(step));
  const decides = dispute.allowedActions.includes('decide');
  if (offered.length === 0 && !decides) return null;
  const done = { withdraw: t('disputes.withdrawn'), suspend: t('disputes.suspended'), resume: t('disputes.resumed') };
  return (
    <div className="actions">
      {decides && (
        <div className="decisions" role="group" aria-label={t('disputes.decide')}>
          <strong>{t('disputes.decide')}</strong>
          {OUTCOMES.map((each) => (
            <Button key={each} onClick={() => setOutcome(each)}>
              {t(`disputes.outcome.${each}`)}
            </Button>
          ))}
        </div>
      )}
      {offered.map((step) => (
        <Button
          key={step}
          type={step === 'answer' ? 'primary' : 'default'}
          danger={step === 'withdraw'}
          onClick={() => setOpen(step)}
        >
          {t(`disputes.${step}`)}
        </Button>
      ))}
      {(open === 'answer' || open === 'appeal') && <PleaDialog id={dispute.id} plea={open} onClose={close} />}
      {outcome && (
        <DecideDialog
          id={dispute.id}
          asked={outcome}
          hasRespondent={dispute.respondent !== undefined}
          onClose={() => setOutcome(null)}
        />
      )}
      {(open === 'withdraw' || open === 'suspend' || open === 'resume') && (
        <ReasonDialog
          kind="dispute"
          open
          title={t(`disputes.${open}`)}
          confirm={t(`disputes.${open}`)}
          danger={open === 'withdraw'}
          onClose={close}
          onConfirm={async (reason) => {
            const step = { step: open, reason };
            await take.mutateAsync({ step, key: key.keyFor(step) });
            key.taken();
            message.success(done[open]);
          }}
        >
          <p>{t(`disputes.${open}Text`)}</p>
        </ReasonDialog>
      )}
    </div>
  );
}
