import { queryOptions, useQuery } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { Money } from '@/api/types';
import { today } from './dates';

/** The rule set in force today. */
export const currentRulesQuery = queryOptions({
  queryKey: ['rule-sets', 'current'],
  queryFn: () => body(client.GET('/api/v1/rule-sets/current')),
  staleTime: 5 * 60_000,
});

interface Rate {
  year: number;
  currency: string;
  cny: number;
}

/** An amount in yuan as the totals count it: at this year's rate, else the nearest earlier one, else the earliest; undefined where the currency has none. */
export function inYuan(money: Money, rates: readonly Rate[], year: number): number | undefined {
  if (money.currency === 'CNY') return money.amount;
  const known = rates.filter((each) => each.currency === money.currency).sort((a, b) => a.year - b.year);
  const rate = known.filter((each) => each.year <= year).at(-1) ?? known[0];
  return rate && Math.round(money.amount * rate.cny * 100) / 100;
}

/** Amounts in yuan by the rates in force; undefined as well while these are on their way. */
export function useYuan(): (money: Money | undefined | null) => number | undefined {
  const { data } = useQuery(currentRulesQuery);
  const year = Number(today().slice(0, 4));
  return (money) => (money && (money.currency === 'CNY' || data) ? inYuan(money, data?.rates ?? [], year) : undefined);
}
