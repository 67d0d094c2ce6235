import type { Money, RuleSet, RuleSetInput, RuleSetNumbers } from '@/api/types';
import { addDays, today } from '@/shared/dates';
import { amountToMoney, moneyToAmount, type AmountText, type Power } from '@/shared/money';

export const STAGES = ['signed', 'registered', 'started', 'in-production'] as const;

/** Shares in per cent, as they are typed. */
export interface SharesText {
  firstTalk: string;
  landing: string;
  finder: string;
}

type Comparator = 'gte' | 'gt';
export type ThresholdText = AmountText & { comparator: Comparator };
type Referral = NonNullable<RuleSetNumbers['referral']>;
type CreditRule = RuleSetNumbers['credit'][number];

/** What the form holds: the numbers of a rule set, those that are typed as text. */
export type RuleSetValues = Omit<
  RuleSetNumbers,
  | 'reportThresholds'
  | 'noticeThresholds'
  | 'rates'
  | 'usdRates'
  | 'credit'
  | 'capital'
  | 'coordination'
  | 'leaderLink'
  | 'leaderTiers'
  | 'disputes'
  | 'lights'
  | 'problems'
  | 'extensionsMax'
  | 'elementsShare'
  | 'landOffer'
  | 'maxTransfers'
  | 'referral'
> & {
  reportThresholds: AmountText[];
  noticeThresholds: ThresholdText[];
  coordination: AmountText[];
  leaderLink: { from: AmountText | undefined };
  leaderTiers: { level: string; from: AmountText | undefined; to: AmountText | undefined }[];
  rates: { year: string; currency: string; cny: string }[];
  usdRates: { month: string; currency: string; usd: string }[];
  credit: { indicator: string; mode: CreditRule['mode']; shares?: SharesText }[];
  capital: Omit<RuleSetNumbers['capital'], 'cutoffDay' | 'minima'> & { cutoffDay: string; minima: AmountText[] };
  lights: Omit<RuleSetNumbers['lights'], 'schedule'> & { schedule: { yellow: string; red: string } };
  problems: { due: string; urgent: string; contest: string; escalate: string[] };
  disputes: Record<'fileWithin' | 'answerWithin' | 'decideWithin' | 'appealWithin' | 'bar', string>;
  extensionsMax: string;
  /** In per cent. */
  elementsShare: string;
  landOffer: { offer: string; reserve: string };
  maxTransfers: string;
  /** An empty base: nobody is rewarded. */
  referral: {
    base: '' | Referral['base'];
    mode: Referral['mode'];
    bands: { upTo: string; perMille: string }[];
    cap: string;
    claimWithin: string;
  };
};

/** The numbers of a rule set alone: what became of it is no part of the next one. */
export function numbersOf(set: RuleSet): RuleSetNumbers {
  const {
    id: _id,
    effectiveTo: _to,
    startsAt: _at,
    version: _version,
    allowedActions: _actions,
    yearsWithoutRates: _years,
    ...numbers
  } = set;
  return numbers;
}

const percent = (bp: number | undefined) => (bp === undefined ? '' : String(bp / 100));

/** Per cent as typed in basis points; what is no number is left for the server to refuse at its field. */
export function basisPoints(text: string | undefined): number | undefined {
  const typed = text?.trim();
  return typed ? Math.round(Number(typed) * 100) : undefined;
}

function sharesToText(shares: CreditRule['shares']): SharesText | undefined {
  return (
    shares && {
      firstTalk: percent(shares.firstTalk),
      landing: percent(shares.landing),
      finder: percent(shares.finder ?? undefined),
    }
  );
}

/** The shares of a mode that has any; where both count in full only the finder's is asked for. */
function textToShares(mode: CreditRule['mode'], shares: SharesText | undefined): CreditRule['shares'] {
  const finder = basisPoints(shares?.finder);
  if (mode === 'split' && shares)
    return { firstTalk: basisPoints(shares.firstTalk) ?? 0, landing: basisPoints(shares.landing) ?? 0, finder };
  if (mode === 'both-full' && finder !== undefined) return { firstTalk: 10_000, landing: 0, finder };
  return undefined;
}

/** The numbers of a rule set as the form holds them; a new draft begins tomorrow. */
export function toValues(from: RuleSetNumbers, powers: readonly Power[], isDraft = false): RuleSetValues {
  const amounts = (list: readonly Money[]) =>
    list.map((each) => moneyToAmount(each, powers)).filter((each) => each !== undefined);
  return {
    ...from,
    effectiveFrom: isDraft ? from.effectiveFrom : addDays(today(), 1),
    reportThresholds: amounts(from.reportThresholds),
    coordination: amounts(from.coordination),
    leaderLink: { from: moneyToAmount(from.leaderLink.from, powers) },
    leaderTiers: from.leaderTiers.map((tier) => ({
      level: tier.level,
      from: moneyToAmount(tier.from, powers),
      to: tier.to ? moneyToAmount(tier.to, powers) : undefined,
    })),
    noticeThresholds: from.noticeThresholds.flatMap((each) => {
      const amount = moneyToAmount({ amount: each.amount, currency: each.currency }, powers);
      return amount ? [{ ...amount, comparator: each.comparator ?? 'gte' }] : [];
    }),
    rates: from.rates.map((rate) => ({ year: String(rate.year), currency: rate.currency, cny: String(rate.cny) })),
    usdRates: from.usdRates.map((rate) => ({ month: rate.month, currency: rate.currency, usd: String(rate.usd) })),
    credit: from.credit.map((rule) => ({
      indicator: rule.indicator,
      mode: rule.mode,
      shares: sharesToText(rule.shares ?? undefined),
    })),
    capital: {
      ...from.capital,
      cutoffDay: String(from.capital.cutoffDay),
      minima: amounts(from.capital.minima ?? []),
    },
    lights: {
      ...from.lights,
      schedule: {
        yellow: String(from.lights.schedule?.yellow ?? ''),
        red: String(from.lights.schedule?.red ?? ''),
      },
    },
    problems: {
      due: from.problems.due ?? '',
      urgent: from.problems.urgent ?? '',
      contest: from.problems.contest ?? '',
      escalate: [...(from.problems.escalate ?? [])],
    },
    disputes: {
      fileWithin: String(from.disputes.fileWithin),
      answerWithin: String(from.disputes.answerWithin),
      decideWithin: String(from.disputes.decideWithin),
      appealWithin: String(from.disputes.appealWithin),
      bar: from.disputes.bar,
    },
    extensionsMax: String(from.extensionsMax),
    elementsShare: String(Number((from.elementsShare * 100).toFixed(4))),
    landOffer: { offer: String(from.landOffer.offer), reserve: String(from.landOffer.reserve) },
    maxTransfers: String(from.maxTransfers),
    referral: {
      base: from.referral?.base ?? '',
      mode: from.referral?.mode ?? 'marginal',
      bands: (from.referral?.bands ?? []).map((band) => ({
        upTo: String(band.upTo ?? ''),
        perMille: String(band.perMille),
      })),
      cap: String(from.referral?.cap ?? ''),
      claimWithin: from.referral?.claimWithin ?? 'P1Y',
    },
  };
}

/** What the form holds as it is sent. An amount that cannot be read is sent as nought, which is refused at its own field. */
export function toInput(values: RuleSetValues): RuleSetInput {
  const amount = (typed: AmountText | undefined): Money =>
    amountToMoney(typed) ?? { amount: 0, currency: typed?.currency ?? 'CNY' };
  const currency = (typed: string) => typed.trim().toUpperCase();
  return {
    ...values,
    name: values.name.trim(),
    reportThresholds: values.reportThresholds.map(amount),
    coordination: values.coordination.map(amount),
    leaderLink: { from: amount(values.leaderLink.from) },
    leaderTiers: values.leaderTiers.map((tier) => ({
      level: tier.level.trim(),
      from: amount(tier.from),
      to: tier.to?.text.trim() ? amount(tier.to) : undefined,
    })),
    noticeThresholds: values.noticeThresholds.map((each) => ({ ...amount(each), comparator: each.comparator })),
    rates: values.rates.map((rate) => ({
      year: Number(rate.year),
      currency: currency(rate.currency),
      cny: Number(rate.cny),
    })),
    usdRates: values.usdRates.map((rate) => ({
      month: rate.month.trim(),
      currency: currency(rate.currency),
      usd: Number(rate.usd),
    })),
    credit: values.credit.map((rule) => ({
      indicator: rule.indicator,
      mode: rule.mode,
      shares: textToShares(rule.mode, rule.shares),
    })),
    capital: {
      ...values.capital,
      cutoffDay: Number(values.capital.cutoffDay),
      minima: values.capital.minima.map(amount),
    },
    lights: {
      ...values.lights,
      schedule: { yellow: Number(values.lights.schedule.yellow), red: Number(values.lights.schedule.red) },
    },
    disputes: {
      fileWithin: Number(values.disputes.fileWithin),
      answerWithin: Number(values.disputes.answerWithin),
      decideWithin: Number(values.disputes.decideWithin),
      appealWithin: Number(values.disputes.appealWithin),
      bar: values.disputes.bar,
    },
    extensionsMax: Number(values.extensionsMax),
    elementsShare: Number((Number(values.elementsShare) / 100).toFixed(6)),
    landOffer: { offer: Number(values.landOffer.offer), reserve: Number(values.landOffer.reserve) },
    maxTransfers: Number(values.maxTransfers),
    referral: values.referral.base
      ? {
          base: values.referral.base,
          mode: values.referral.mode,
          bands: values.referral.bands.map((band) => ({
            upTo: band.upTo?.trim() ? Number(band.upTo) : undefined,
            perMille: Number(band.perMille),
          })),
          cap: values.referral.cap?.trim() ? Number(values.referral.cap) : undefined,
          claimWithin: values.referral.claimWithin,
        }
      : { base: 'paid-in', mode: 'marginal', bands: [], claimWithin: values.referral.claimWithin },
  };
}
