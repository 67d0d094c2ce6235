import type { ReactNode } from 'react';
import { percentText } from '@/shared/figures';
import { useTranslation } from 'react-i18next';
import type { RuleSetNumbers } from '@/api/types';
import { Amount } from '@/shared/Amount';
import { useCodeText } from '@/shared/i18n';
import { DurationText } from './DurationText';
import { Referral } from './Referral';
import { LIT } from './lit';

/** What is told of a rule set, and which of its members it is made of. */
interface RuleFact {
  of: (keyof RuleSetNumbers)[];
  label: string;
  value: ReactNode;
  wide?: boolean;
}

/** The numbers of a rule set, each as a person reads it. */
export function useRuleFacts(): (set: RuleSetNumbers) => RuleFact[] {
  const { t } = useTranslation();
  const code = useCodeText();
  const kinds = (of: readonly string[] = []) =>
    of.map((kind) => code('capitalKind', kind)).join(t('common.listSeparator'));
  return (set) => {
    const facts: (RuleFact | false)[] = [
      {
        of: ['reportThresholds'],
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
      { of: ['exclusivity'], label: t('rules.exclusivity'), value: <DurationText value={set.exclusivity} /> },
      {
        of: ['extensionsMax', 'extension'],
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
      {
        of: ['reportCompletion'],
        label: t('rules.reportCompletion'),
        value: <DurationText value={set.reportCompletion} />,
      },
      { of: ['contactMaxAge'], label: t('rules.contactMaxAge'), value: <DurationText value={set.contactMaxAge} /> },
      {
        of: ['verification'],
        label: t('rules.verification'),
        value: set.verification.map((stage) => t(`stage.${stage}`)).join(t('common.listSeparator')),
      },
      {
        of: ['noticePeriod', 'noticeEnforcement'],
        label: t('rules.notice'),
        value: (
          <span>
            <DurationText value={set.noticePeriod} /> · {t(`rules.enforcement.${set.noticeEnforcement}`)}
          </span>
        ),
      },
      {
        of: ['creditMode', 'creditStage'],
        label: t('rules.credit'),
        value: `${code('rules.creditModes', set.creditMode)} · ${t('rules.creditAt', { stage: t(`stage.${set.creditStage}`) })}`,
      },
      {
        of: ['maxTransfers', 'transferAcceptance', 'transferDecision'],
        label: t('rules.transfers'),
        value: (
          <span>
            {t('rules.times', { n: set.maxTransfers })} · {t('rules.acceptIn')}{' '}
            <DurationText value={set.transferAcceptance} /> · {t('rules.decideIn')}{' '}
            <DurationText value={set.transferDecision} />
          </span>
        ),
      },
      set.credit.length > 0 && {
        of: ['credit'],
        label: t('rules.creditBy'),
        value: set.credit
          .map(
            (rule) =>
              `${rule.indicator === '*' ? t('ruleForm.allIndicators') : code('indicator', rule.indicator)}: ${code('rules.creditModes', rule.mode)}${
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
        of: ['noticeThresholds'],
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
      {
        of: ['capital'],
        label: t('ruleForm.capital'),
        value: (
          <ul>
            <li>{t('rules.cutoffDay', { day: set.capital.cutoffDay })}</li>
            <li>
              {t('ruleForm.kinds')}: {kinds(set.capital.kinds)}
            </li>
            <li>
              {t('ruleForm.foreignKinds')}: {kinds(set.capital.foreignKinds) || t('ruleForm.none')}
            </li>
            {(set.capital.minima ?? []).map((each) => (
              <li key={each.currency}>
                {t('ruleForm.minimum')}: <Amount money={each} />
              </li>
            ))}
          </ul>
        ),
      },
      set.usdRates.length > 0 && {
        of: ['usdRates'],
        label: t('rules.usdRates'),
        value: set.usdRates.map((rate) => `${rate.month} ${rate.currency} ${rate.usd}`).join(t('common.listSeparator')),
        wide: true,
      },
      {
        of: ['matchingHorizon'],
        label: t('rules.matchingHorizon'),
        value: <DurationText value={set.matchingHorizon} />,
      },
      { of: ['reactivation'], label: t('rules.reactivation'), value: <DurationText value={set.reactivation} /> },
      {
        of: ['disputes'],
        label: t('workDays.disputeTimes'),
        value: t('workDays.times', {
          file: set.disputes.fileWithin,
          answer: set.disputes.answerWithin,
          decide: set.disputes.decideWithin,
          appeal: set.disputes.appealWithin,
        }),
      },
      { of: ['disputes'], label: t('workDays.bar'), value: <DurationText value={set.disputes.bar} /> },
      {
        of: ['lights'],
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
      {
        of: ['problems'],
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
      set.coordination.length > 0 && {
        of: ['coordination'],
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
        of: ['leaderLink'],
        label: t('rules.leaderLink'),
        value: (
          <span>
            ≥ <Amount money={set.leaderLink.from} />
          </span>
        ),
      },
      set.leaderTiers.length > 0 && {
        of: ['leaderTiers'],
        label: t('rules.leaderTiers'),
        value: (
          <ul>
            {set.leaderTiers.map((tier) => (
              <li key={tier.level}>
                {tier.level}: ≥ <Amount money={tier.from} />
                {tier.to && (
                  <>
                    {', < '}
                    <Amount money={tier.to} />
                  </>
                )}
              </li>
            ))}
          </ul>
        ),
      },
      { of: ['leaderContact'], label: t('rules.leaderContact'), value: <DurationText value={set.leaderContact} /> },
      { of: ['elementsShare'], label: t('rules.elementsShare'), value: percentText(set.elementsShare) },
      {
        of: ['landOffer'],
        label: t('rules.landOffer'),
        value: t('rules.landOfferOf', { offer: set.landOffer.offer, reserve: set.landOffer.reserve }),
      },
      {
        of: ['retention'],
        label: t('rules.retention'),
        wide: true,
        value: (
          <ul>
            {(['readNotices', 'importRows', 'importFiles'] as const).map((kind) => (
              <li key={kind}>
                {t(`rules.retained.${kind}`)}{' '}
                {set.retention[kind] ? <DurationText value={set.retention[kind]} /> : t('rules.keptForEver')}
              </li>
            ))}
          </ul>
        ),
      },
      set.referral !== undefined && {
        of: ['referral'],
        label: t('rules.referral'),
        wide: true,
        value: <Referral scheme={set.referral} />,
      },
      set.rates.length > 0 && {
        of: ['rates'],
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
    ];
    return facts.filter((fact) => fact !== false);
  };
}
