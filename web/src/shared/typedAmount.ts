import type { Power } from './money';

/** What a person wrote of an amount beside its figure: its scale (bn, and those of ten thousand and a hundred million in Chinese) and its currency. */
export interface Written {
  figure: string;
  /** The power of ten that was written; none where none was. */
  scale?: number;
  currency?: string;
}

const SCALES: Record<string, number> = {
  '\u5343': 3, // thousand
  '\u4e07': 4, // ten thousand
  '\u5341\u4e07': 5,
  '\u767e\u4e07': 6,
  '\u5343\u4e07': 7,
  '\u4ebf': 8, // hundred million
  '\u5341\u4ebf': 9,
  '\u767e\u4ebf': 10,
  k: 3,
  thousand: 3,
  m: 6,
  mn: 6,
  million: 6,
  bn: 9,
  billion: 9,
};

const CURRENCIES: Record<string, string> = {
  '\u5143': 'CNY',
  '\u4eba\u6c11\u5e01': 'CNY',
  '\u5143\u4eba\u6c11\u5e01': 'CNY',
  rmb: 'CNY',
  cny: 'CNY',
  '\u00a5': 'CNY',
  '\u7f8e\u5143': 'USD',
  '\u7f8e\u91d1': 'USD',
  usd: 'USD',
  us$: 'USD',
  $: 'USD',
  '\u6b27\u5143': 'EUR',
  eur: 'EUR',
  '\u20ac': 'EUR',
  '\u6e2f\u5143': 'HKD',
  '\u6e2f\u5e01': 'HKD',
  hkd: 'HKD',
  hk$: 'HKD',
  '\u65e5\u5143': 'JPY',
  jpy: 'JPY',
  '\u82f1\u9551': 'GBP',
  gbp: 'GBP',
  '\u00a3': 'GBP',
  '\u65b0\u52a0\u5761\u5143': 'SGD',
  '\u65b0\u5143': 'SGD',
  sgd: 'SGD',
  '\u97e9\u5143': 'KRW',
  krw: 'KRW',
  '\u65b0\u53f0\u5e01': 'TWD',
  '\u53f0\u5e01': 'TWD',
  twd: 'TWD',
  '\u745e\u58eb\u6cd5\u90ce': 'CHF',
  chf: 'CHF',
  '\u6fb3\u5143': 'AUD',
  aud: 'AUD',
  '\u52a0\u5143': 'CAD',
  cad: 'CAD',
};

const FORM = /^(?<before>[^\d.]*)(?<figure>\d*\.?\d*)(?<after>[^\d.]*)$/;

/** Reads figure, scale and currency apart; null where something is left that is none of them. Width, spaces and grouping do not count. */
export function readWritten(text: string): Written | null {
  // The yen sign of full width folds to the one that both yuan and yen use; an amount without other words is in yuan.
  const plain = text
    .normalize('NFKC')
    .replace(/[,\s\u3001]/g, '')
    .toLowerCase();
  const parts = FORM.exec(plain)?.groups;
  if (!parts?.figure || parts.figure === '.') return null;
  const { before = '', after = '' } = parts;
  const first = before === '' ? undefined : CURRENCIES[before];
  if (before !== '' && !first) return null;
  const scaled = Object.keys(SCALES)
    .sort((a, b) => b.length - a.length)
    .find((word) => after.startsWith(word));
  const rest = scaled === undefined ? after : after.slice(scaled.length);
  const last = rest === '' ? undefined : CURRENCIES[rest];
  if ((rest !== '' && !last) || (first && last && first !== last)) return null;
  return { figure: parts.figure, scale: scaled === undefined ? undefined : SCALES[scaled], currency: first ?? last };
}

const EXACT: readonly Power[] = [9, 8, 6, 4, 0];
const UNITS: readonly Power[] = [8, 4, 0];

/** The unit that an amount written with a scale is shown in: that scale where fields offer it, else the next smaller one. */
export function unitOf(scale: number): Power {
  return EXACT.find((unit) => unit === scale) ?? UNITS.find((unit) => unit <= scale) ?? 0;
}
