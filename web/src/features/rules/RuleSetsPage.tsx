import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { RuleSet } from '@/api/types';
import { Amount } from '@/shared/Amount';
import { today } from '@/shared/dates';
import { useCodeText } from '@/shared/i18n';
import { LinkButton } from '@/shared/LinkButton';
import { Facts, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { DurationText } from './DurationText';
import { LIT } from './lit';
import { ruleSetsQuery } from './queries';
import { WorkDays } from './WorkDays';

export function RuleSetsPage() {
  const { t } = useTranslation();
  const can = useCan();
  const query = useQuery(ruleSetsQuery);
  const sets = [...(query.data ?? [])].sort((a, b) => b.effectiveFrom.localeCompare(a.effectiveFrom));
  return (
    <Page
      title={t('rules.title')}
      lead={t('rules.lead')}
      actions={
        can('manage-rule-sets') ? (
          <LinkButton type="primary" to="/rule-sets/new">
            {t('rules.new')}
          </LinkButton>
        ) : undefined
      }
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={8} />}
      {sets.map((set) => (
        <RuleSetPanel key={set.id} set={set} />
      ))}
      {query.data && <WorkDays />}
    </Page>
  );
}

type Standing = 'past' | 'current' | 'future';

function standing(set: RuleSet): Standing {
  const day = today();
  const on = (value: string) => value.slice(0, 10);
  if (on(set.effectiveFrom) > day) return 'future';
  return set.effectiveTo && on(set.effectiveTo) < day ? 'past' : 'current';
}

function RuleSetPanel({ set }: { set: RuleSet }) {
  const { t } = useTranslation();
  const code = useCodeText();
  const now = standing(set);
  return (
    <Panel
      title={
        <>
          {set.name} <span className={now === 'current' ? 'tag tag-ok' : 'tag'}>{t(`rules.standing.${now}`)}</span>
        </>
      }
      extra={
        <span className="num">
          {t('rules.period', {
            from: set.effectiveFrom.slice(0, 10),
            to: set.effectiveTo?.slice(0, 10) ?? t('rules.open'),
          })}
        </span>
      }
    >
      <Facts
        items={[
          {
            label: t('rules.reportThresholds'),
            value: (
              <ul>
                {set.reportThresholds.map((each) => (
                  <li key={each.currency}>
                    ≥ <Amount money={each} />
                  </li>
                ))}
              </ul>
            ),
          },
          { label: t('rules.exclusivity'), value: <DurationText value={set.exclusivity} /> },
          {
            label: t('rules.extensions'),
            value:
              set.extensionsMax === 0 ? (
                t('rules.noExtension')
              ) : (
                <span>
                  {t('rules.times', { n: set.extensionsMax })} × <DurationText value={set.extension} />
                </span>
              ),
          },
          { label: t('rules.contactMaxAge'), value: <DurationText value={set.contactMaxAge} /> },
          {
            label: t('rules.verification'),
            value: set.verification.map((stage) => t(`stage.${stage}`)).join(t('common.listSeparator')),
          },
          {
            label: t('rules.notice'),
            value: (
              <span>
                <DurationText value={set.noticePeriod} /> · {t(`rules.enforcement.${set.noticeEnforcement}`)}
              </span>
            ),
          },
          {
            label: t('rules.credit'),
            value: `${code('rules.creditModes', set.creditMode)} · ${t('rules.creditAt', { stage: t(`stage.${set.creditStage}`) })}`,
          },
          {
            label: t('rules.transfers'),
            value: (
              <span>
                {t('rules.times', { n: set.maxTransfers })} · {t('rules.acceptIn')}{' '}
                <DurationText value={set.transferAcceptance} /> · {t('rules.decideIn')}{' '}
                <DurationText value={set.transferDecision} />
              </span>
            ),
          },
          {
            label: t('rules.problems'),
            value: (
              <span>
                {t('rules.problemsDue')} <DurationText value={set.problems.due ?? ''} /> · {t('rules.problemsUrgent')}{' '}
                <DurationText value={set.problems.urgent ?? ''} /> · {t('rules.problemsEscalate')}{' '}
                {(set.problems.escalate ?? []).map((step, i) => (
                  <span key={step}>
                    {i > 0 && ' / '}
                    <DurationText value={step} />
                  </span>
                ))}
              </span>
            ),
          },
          set.credit.length > 0 && {
            label: t('rules.creditBy'),
            value: set.credit
              .map(
                (rule) =>
                  `${code('indicator', rule.indicator)}: ${code('rules.creditModes', rule.mode)}${
                    rule.shares
                      ? ` ${[rule.shares.firstTalk, rule.shares.landing, rule.shares.finder]
                          .filter((bp) => bp !== undefined)
                          .map((bp) => `${bp / 100} %`)
                          .join(' / ')}`
                      : ''
                  }`,
              )
              .join(t('common.listSeparator')),
            wide: true,
          },
          set.noticeThresholds.length > 0 && {
            label: t('rules.noticeThresholds'),
            value: (
              <ul>
                {set.noticeThresholds.map((each) => (
                  <li key={each.currency}>
                    {t(`rules.comparator.${each.comparator ?? 'gte'}`)}{' '}
                    <Amount money={{ amount: each.amount, currency: each.currency }} />
                  </li>
                ))}
              </ul>
            ),
          },
          { label: t('rules.cutoff'), value: t('rules.cutoffDay', { day: set.capital.cutoffDay }) },
          set.usdRates.length > 0 && {
            label: t('rules.usdRates'),
            value: set.usdRates
              .map((rate) => `${rate.month} ${rate.currency} ${rate.usd}`)
              .join(t('common.listSeparator')),
            wide: true,
          },
          { label: t('rules.matchingHorizon'), value: <DurationText value={set.matchingHorizon} /> },
          { label: t('rules.reactivation'), value: <DurationText value={set.reactivation} /> },
          {
            label: t('workDays.disputeTimes'),
            value: t('workDays.times', {
              file: set.disputes.fileWithin,
              answer: set.disputes.answerWithin,
              decide: set.disputes.decideWithin,
              appeal: set.disputes.appealWithin,
            }),
          },
          { label: t('workDays.bar'), value: <DurationText value={set.disputes.bar} /> },
          {
            label: t('rules.lights'),
            wide: true,
            value: (
              <ul>
                {LIT.map(({ key, stage }) => (
                  <li key={key}>
                    {t(`stage.${stage}`)}{' '}
                    {(['yellow', 'red', 'removal'] as const).map((limit) => {
                      const after = set.lights[key][limit];
                      return (
                        after && (
                          <span key={limit} className="lit">
                            {t(`rules.light.${limit}`)} <DurationText value={after} />
                          </span>
                        )
                      );
                    })}
                  </li>
                ))}
                {set.lights.planned && (
                  <li>
                    {t('rules.planned')}{' '}
                    {(['yellow', 'red'] as const).map((limit) => (
                      <span key={limit} className="lit">
                        {t(`rules.light.${limit}`)} <DurationText value={set.lights.planned?.[limit] ?? ''} />
                      </span>
                    ))}
                  </li>
                )}
                {set.lights.schedule && (
                  <li>
                    {t('rules.schedule')}{' '}
                    {(['yellow', 'red'] as const).map((limit) => (
                      <span key={limit} className="lit">
                        {t(`rules.light.${limit}`)} <span className="num">{set.lights.schedule?.[limit]}</span>
                      </span>
                    ))}
                  </li>
                )}
              </ul>
            ),
          },
          set.coordination.length > 0 && {
            label: t('rules.coordination'),
            value: (
              <ul>
                {set.coordination.map((each) => (
                  <li key={each.currency}>
                    ≥ <Amount money={each} />
                  </li>
                ))}
              </ul>
            ),
          },
          {
            label: t('rules.leaderLink'),
            value: (
              <span>
                ≥ <Amount money={set.leaderLink.from} />
              </span>
            ),
          },
          set.yearsWithoutRates.length > 0 && {
            label: t('rules.ratesMissing'),
            wide: true,
            value: t('rules.yearsWithoutRates', { years: set.yearsWithoutRates.join(t('common.listSeparator')) }),
          },
          set.rates.length > 0 && {
            label: t('rules.rates'),
            wide: true,
            value: (
              <ul className="rates">
                {set.rates.map((rate) => (
                  <li key={`${rate.year}-${rate.currency}`} className="num">
                    {t('rules.rate', { year: rate.year, currency: rate.currency, cny: rate.cny })}
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
    </Panel>
  );
}
