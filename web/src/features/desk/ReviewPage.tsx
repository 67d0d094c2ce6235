import { useQuery } from '@tanstack/react-query';
import { App, Button, Form, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import type { FieldErrors } from 'pipeline-client';
import type { Candidate, Claim, MatchFacts } from '@/api/types';
import { Amount } from '@/shared/Amount';
import { useCountryName } from '@/shared/countryName';
import { Course } from '@/shared/claims/Course';
import { ReturnedNote } from '@/shared/claims/ReturnedNote';
import { ReturnReport } from '@/shared/claims/ReturnReport';
import { ConfirmDialog } from '@/shared/ConfirmDialog';
import { placeFieldErrors } from '@/shared/fieldErrors';
import { PlacedErrors } from '@/shared/PlacedErrors';
import { useCodeText } from '@/shared/i18n';
import { Industry } from '@/shared/IndustrySelect';
import { Empty, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ReasonField } from '@/shared/ReasonField';
import { ReportFacts } from '@/shared/ReportFacts';
import { useIdempotencyKey } from '@/shared/submission';
import { ClaimStatusTag, LevelTag, StageTag } from '@/shared/tags';
import { useUnitName } from '@/shared/units';
import { When } from '@/shared/When';
import { COMPARED, hasInvestor, likeness, nearest, stretches, type ComparedField } from './compare';
import './review.css';
import { ChoiceConsequence, OtherSide } from './OtherSide';
import { candidatesQuery, reviewQuery, useResolveClaim, type Decision } from './queries';

export function ReviewPage() {
  const { t } = useTranslation();
  const unit = useUnitName();
  const { id = '' } = useParams();
  const claim = useQuery(reviewQuery(id));
  const candidates = useQuery(candidatesQuery(id));
  const value = claim.data?.value;
  return (
    <Page
      title={t('review.title', { name: value?.report?.name ?? '' })}
      lead={
        value && (
          <span>
            <ClaimStatusTag status={value.status} /> {t('claims.number', { n: value.sequence })} ·{' '}
            {unit(value.jurisdiction)} · <When at={value.receivedAt} precision="millisecond" />
          </span>
        )
      }
      wide
    >
      <ProblemAlert
        error={claim.error ?? candidates.error}
        onRetry={() => void Promise.all([claim.refetch(), candidates.refetch()])}
      />
      {(claim.isPending || candidates.isPending) && <Loading rows={8} />}
      {value && candidates.data && claim.data && (
        <>
          <ReturnedNote claim={value} onOver={() => void claim.refetch()} />
          {candidates.data.tooMany && <p className="notice notice-warn">{t('review.tooMany')}</p>}
          {candidates.data.items.length === 0 && <Empty title={t('review.noCandidates')} />}
          {candidates.data.items.map((candidate, i) => (
            <Comparison
              key={candidate.id}
              n={i + 1}
              claim={value}
              report={candidates.data.report}
              candidate={candidate}
            />
          ))}
          {value.allowedActions?.includes('resolve') ? (
            <DecisionForm
              id={id}
              etag={claim.data.etag}
              claim={value}
              candidates={candidates.data.items}
              onStale={() => void claim.refetch()}
            />
          ) : (
            <p className="notice">{t('review.notYours')}</p>
          )}
          {value.report && <ReportFacts report={value.report} contacts={value.contacts} />}
          <Course claimId={id} title={value.report?.name ?? t('claims.claim')} />
        </>
      )}
    </Page>
  );
}

function Comparison({
  n,
  claim,
  report,
  candidate,
}: {
  n: number;
  claim: Claim;
  report: MatchFacts;
  candidate: Candidate;
}) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const code = useCodeText();
  const title =
    candidate.subject === 'project' ? t('review.candidateProject', { n }) : t('review.candidateClaim', { n });
  return (
    <Panel
      title={
        <>
          {title} <LevelTag level={candidate.level} />
        </>
      }
      extra={
        candidate.secret ? (
          <span className="tag">{t('project.secret')}</span>
        ) : (
          candidate.decision && <span className="tag">{t(`review.decided.${candidate.decision}`)}</span>
        )
      }
    >
      <p className="reasons">
        {candidate.reasons.map((reason) => (
          <span key={reason} className="tag">
            {code('matchReason', reason)}
          </span>
        ))}
      </p>
      <div className="table-wrap" role="region" tabIndex={0} aria-label={title}>
        <table className="table compare">
          <thead>
            <tr>
              <th scope="col">{t('review.fact')}</th>
              <th scope="col">{t('review.thisReport')}</th>
              <th scope="col">
                {candidate.subject === 'project' ? (
                  <Link to={`/projects/${candidate.id}`}>{candidate.projectCode ?? title}</Link>
                ) : (
                  <Link to={`/claims/${candidate.id}`}>{t('claims.number', { n: candidate.sequence ?? '' })}</Link>
                )}{' '}
                {unit(candidate.jurisdiction)} {candidate.stage && <StageTag stage={candidate.stage} />}{' '}
                {candidate.claimStatus && <ClaimStatusTag status={candidate.claimStatus} />}
              </th>
              <th scope="col">{t('review.likeness')}</th>
            </tr>
          </thead>
          <tbody>
            {COMPARED.map((field) => {
              const like = likeness(report[field], candidate.facts[field]);
              return (
                <tr key={field} className={`like-${like}`}>
                  <th scope="row">{t(`project.${field}`)}</th>
                  <td>
                    <FactValue facts={report} other={candidate.facts} field={field} />
                  </td>
                  <td>
                    <FactValue facts={candidate.facts} other={report} field={field} />
                  </td>
                  <td>
                    <span className="like">{t(`review.like.${like}`)}</span>
                    {field === 'totalInvestment' && <Apart mine={report} theirs={candidate.facts} />}
                  </td>
                </tr>
              );
            })}
            <tr
              className={
                report.investors.some((each) => hasInvestor(candidate.facts.investors, each))
                  ? 'like-same'
                  : 'like-different'
              }
            >
              <th scope="row">{t('project.investors')}</th>
              <td>
                <InvestorList own={report.investors} other={candidate.facts.investors} />
              </td>
              <td>
                <InvestorList own={candidate.facts.investors} other={report.investors} />
              </td>
              <td>
                <span className="like">
                  {report.investors.some((each) => hasInvestor(candidate.facts.investors, each))
                    ? t('review.like.common')
                    : t('review.like.different')}
                </span>
              </td>
            </tr>
            <OtherSide claim={claim} candidate={candidate} />
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

/** By how much the amounts differ, of the report's; only within one currency. */
function Apart({ mine, theirs }: { mine: MatchFacts; theirs: MatchFacts }) {
  const { t } = useTranslation();
  const [own, other] = [mine.totalInvestment, theirs.totalInvestment];
  if (!own || !other || own.currency !== other.currency || own.amount === 0 || own.amount === other.amount) return null;
  return (
    <small className="num">
      {' '}
      {t('review.apart', { percent: (((other.amount - own.amount) / own.amount) * 100).toFixed(1) })}
    </small>
  );
}

function FactValue({ facts, other, field }: { facts: MatchFacts; other: MatchFacts; field: ComparedField }) {
  const { t } = useTranslation();
  if (field === 'totalInvestment') return <Amount money={facts.totalInvestment} />;
  if (field === 'industryCode') return <Industry code={facts.industryCode} />;
  const value = facts[field];
  return value ? (
    <Differing text={value} other={other[field]} />
  ) : (
    <span className="muted">{t('common.notGiven')}</span>
  );
}

/** A text with what differs from the other side's marked; where there is nothing to compare with, plain. */
function Differing({ text, other }: { text: string; other: string | undefined }) {
  if (!other) return <span>{text}</span>;
  return (
    <span>
      {stretches(text, other).map((each, i) =>
        each.same ? (
          each.text
        ) : (
          <mark key={i} className="differing">
            {each.text}
          </mark>
        ),
      )}
    </span>
  );
}

function InvestorList({ own, other }: { own: MatchFacts['investors']; other: MatchFacts['investors'] }) {
  const { t } = useTranslation();
  const country = useCountryName();
  return (
    <ul>
      {own.map((investor, i) => (
        <li key={i}>
          {hasInvestor(other, investor) ? (
            <strong>{investor.name}</strong>
          ) : (
            <Differing text={investor.name} other={nearest(investor.name, other)} />
          )}
          <span className="hint">
            {' '}
            {[
              investor.country && country(investor.country),
              investor.uscc,
              investor.groupParent && t('investor.ofGroup', { name: investor.groupParent }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  );
}

const DISTINCT = 'distinct';

function DecisionForm({
  claim,
  id,
  etag,
  candidates,
  onStale,
}: {
  claim: Claim;
  id: string;
  etag: string;
  candidates: Candidate[];
  onStale: () => void;
}) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [form] = Form.useForm<{ choice: string; reason: string }>();
  const resolve = useResolveClaim(id);
  const key = useIdempotencyKey();
  const [error, setError] = useState<unknown>(null);
  const [left, setLeft] = useState<FieldErrors>({});
  const [asked, setAsked] = useState<{ choice: string; reason: string } | null>(null);
  const chosen = candidates.find((each) => each.id === asked?.choice);

  async function submit({ choice, reason }: { choice: string; reason: string }) {
    const candidate = candidates.find((each) => each.id === choice);
    const decision: Decision = candidate
      ? { decision: 'same', projectId: candidate.subject === 'project' ? candidate.id : candidate.projectId, reason }
      : { decision: 'distinct', reason };
    setError(null);
    try {
      const decided = await resolve.mutateAsync({ decision, etag, key: key.keyFor({ decision, etag }) });
      message.success(t('review.done', { status: t(`claimStatus.${decided.status}`) }));
      await navigate('/desk');
    } catch (problem) {
      setError(problem);
      setLeft(placeFieldErrors(form, problem));
      onStale();
    }
  }

  return (
    <Panel title={t('review.decisionTitle')}>
      <Form form={form} name="resolve" layout="vertical" onFinish={setAsked}>
        <Form.Item
          name="choice"
          label={t('review.choice')}
          rules={[{ required: true, message: t('review.choiceRequired') }]}
        >
          <Radio.Group className="ways">
            {candidates.map((candidate, i) => (
              <Radio key={candidate.id} value={candidate.id}>
                <strong>{t('review.sameAs', { n: i + 1 })}</strong>
                <span className="hint">
                  <ChoiceConsequence claim={claim} candidate={candidate} />
                </span>
                <span className="hint">
                  {[candidate.facts.name, candidate.projectCode, unit(candidate.jurisdiction)]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </Radio>
            ))}
            <Radio value={DISTINCT}>
              <strong>{t('review.distinct')}</strong>
              <span className="hint">{t('consequence.distinct', { unit: unit(claim.jurisdiction) })}</span>
            </Radio>
          </Radio.Group>
        </Form.Item>
        <ReasonField kind="report-decision" rows={3} />
        <ProblemAlert error={error} fields={left} />
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={resolve.isPending}>
            {t('review.submit')}
          </Button>
          <ReturnReport claim={claim} etag={etag} onDone={() => void navigate('/desk')} />
        </div>
        <PlacedErrors form={form} />
      </Form>
      {asked && (
        <ConfirmDialog
          title={t('review.confirmTitle')}
          held
          confirm={t('review.submit')}
          onClose={() => setAsked(null)}
          onConfirm={() => submit(asked)}
        >
          <ul className="consequences">
            <li>
              {chosen ? (
                <ChoiceConsequence claim={claim} candidate={chosen} />
              ) : (
                t('consequence.distinct', { unit: unit(claim.jurisdiction) })
              )}
            </li>
            <li>{t('consequence.final')}</li>
          </ul>
        </ConfirmDialog>
      )}
    </Panel>
  );
}
