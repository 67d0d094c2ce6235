import type { CreditSum } from '@/api/types';
import { Amount } from './Amount';

/** A sum of credit in the currency of its indicator. */
export function CreditAmount({ sum }: { sum: CreditSum | undefined }) {
  if (!sum) return <Amount money={undefined} />;
  const usd = sum.usd !== undefined;
  return <Amount money={{ amount: (usd ? sum.usd : sum.cny) ?? 0, currency: usd ? 'USD' : 'CNY' }} digits={2} />;
}

/** Projects, in parts of a whole where credit is divided. */
export const countText = (count: number) => String(Number(count.toFixed(4)));
