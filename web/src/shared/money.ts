/** Exact money: cents as bigint between what the API sends (units, two decimals) and what people read and type. */
import type { Money } from '@/api/types';
import { readWritten, unitOf } from './typedAmount';

/** The largest figure whose cents a JSON number still carries exactly. */
export const LARGEST_CENTS = 999_999_999_999_999n;

export type Power = 0 | 4 | 6 | 8 | 9;

/** What a person typed: the text as typed, the power of ten of its unit, the currency. */
export interface AmountText {
  text: string;
  power: Power;
  currency: string;
}

export const CURRENCIES = ['CNY', 'USD', 'EUR', 'HKD', 'JPY', 'GBP', 'SGD', 'KRW', 'TWD', 'CHF', 'AUD', 'CAD'] as const;

export function powersFor(language: string): readonly Power[] {
  return language.startsWith('zh') ? [8, 4, 0] : [9, 6, 0];
}

export function toCents(amount: number): bigint {
  return BigInt(amount.toFixed(2).replace('.', ''));
}

export function fromCents(cents: bigint): number {
  return Number(decimal(cents, 2));
}

/** The unit a figure is best read in: the largest that leaves at least one before the point; nought in the largest. */
export function bestPower(cents: bigint, powers: readonly Power[]): Power {
  const size = cents < 0n ? -cents : cents;
  if (size === 0n) return powers[0] ?? 0;
  return powers.find((power) => size >= 10n ** BigInt(power + 2)) ?? 0;
}

/** `scaled` ÷ 10^scale as plain decimal text, every digit kept. */
function decimal(scaled: bigint, scale: number): string {
  const negative = scaled < 0n;
  const digits = (negative ? -scaled : scaled).toString().padStart(scale + 1, '0');
  const whole = scale === 0 ? digits : digits.slice(0, -scale);
  const fraction = scale === 0 ? '' : `.${digits.slice(-scale)}`;
  return `${negative ? '-' : ''}${whole}${fraction}`;
}

function group(whole: string): string {
  return whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/**
 * Cents in a unit of 10^power: exact with at least two decimals, or rounded half away from zero to `digits`.
 */
export function formatCents(cents: bigint, power: Power, digits?: number): string {
  let scale = power + 2;
  let value = cents;
  if (digits !== undefined && digits < scale) {
    const cut = 10n ** BigInt(scale - digits);
    const half = (value < 0n ? -cut : cut) / 2n;
    value = (value + half) / cut;
    scale = digits;
  }
  const [whole = '0', fraction = ''] = decimal(value, scale).split('.');
  const least = digits === undefined ? 2 : Math.min(digits, scale);
  const kept = fraction.replace(/0+$/, '').padEnd(Math.min(least, 2), '0');
  return kept ? `${group(whole)}.${kept}` : group(whole);
}

/** As a person would type it: no grouping, no idle zeros. */
export function typedCents(cents: bigint, power: Power): string {
  return formatCents(cents, power)
    .replaceAll(',', '')
    .replace(/\.?0+$/, '');
}

/** Reads what a person typed in a unit of 10^power; null where it is no amount, finer than a cent, or too large. */
export function parseCents(text: string, power: number): bigint | null {
  const plain = text.normalize('NFKC').replace(/[,\s]/g, '');
  const match = /^(\d*)(?:\.(\d*))?$/.exec(plain);
  if (!match || plain === '' || plain === '.') return null;
  const whole = match[1] ?? '';
  const fraction = (match[2] ?? '').replace(/0+$/, '');
  const places = power + 2;
  if (fraction.length > places) return null;
  const cents = BigInt((whole || '0') + fraction.padEnd(places, '0'));
  return cents > LARGEST_CENTS ? null : cents;
}

/**
 * What was typed, with the scale and currency that were written taken apart from the figure: a scale that was written counts, whatever the unit chosen.
 * Null where it is no amount.
 */
export function understood(value: AmountText): { cents: bigint; currency: string } | null {
  const written = readWritten(value.text);
  if (!written) return null;
  // Somebody who writes the currency but no scale means the figure as it stands.
  const scale = written.scale ?? (written.currency ? 0 : value.power);
  const cents = parseCents(written.figure, scale);
  return cents === null ? null : { cents, currency: written.currency ?? value.currency };
}

/** The same amount as a figure and a unit that the field offers. */
export function settledAmount(value: AmountText): AmountText {
  const written = readWritten(value.text);
  const found = understood(value);
  if (!written || !found || (written.scale === undefined && written.currency === undefined)) return value;
  const power = unitOf(written.scale ?? 0);
  return { text: typedCents(found.cents, power), power, currency: found.currency };
}

export function amountToMoney(value: AmountText | undefined): Money | undefined {
  if (!value || value.text.trim() === '') return undefined;
  const found = understood(value);
  return found === null ? undefined : { amount: fromCents(found.cents), currency: found.currency };
}

export function moneyToAmount(money: Money | undefined, powers: readonly Power[]): AmountText | undefined {
  if (!money) return undefined;
  const cents = toCents(money.amount);
  const power = bestPower(cents, powers);
  return { text: typedCents(cents, power), power, currency: money.currency };
}

export function isAmount(value: AmountText | undefined): boolean {
  return value !== undefined && understood(value) !== null;
}
