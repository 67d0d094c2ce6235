import { describe, expect, it } from 'vitest';
import {
  amountToMoney,
  bestPower,
  formatCents,
  fromCents,
  isAmount,
  settledAmount,
  understood,
  LARGEST_CENTS,
  moneyToAmount,
  parseCents,
  powersFor,
  toCents,
} from './money';

const zh = powersFor('zh-CN');

describe('reading what a person typed', () => {
  it.each([
    ['12.5', 8, 125_000_000_000n],
    ['12.3456789012', 8, 123_456_789_012n],
    ['0.1', 4, 100_000n],
    ['1,234.56', 0, 123_456n],
    [' 3 000 ', 4, 3_000_000_000n],
    ['１２．５', 8, 125_000_000_000n],
    ['.5', 8, 5_000_000_000n],
    ['5.', 8, 50_000_000_000n],
    ['0.30', 0, 30n],
  ] as const)('%s × 10^%i is exact to the cent', (text, power, cents) => {
    expect(parseCents(text, power)).toBe(cents);
  });

  it.each([
    ['', 8],
    ['.', 8],
    ['一亿', 8],
    ['1e9', 0],
    ['-5', 8],
    ['1.2.3', 8],
    ['0.001', 0],
    ['1.00000000001', 8],
  ] as const)('%s × 10^%i is no amount', (text, power) => {
    expect(parseCents(text, power)).toBeNull();
  });

  it('refuses what a JSON number could not carry exactly', () => {
    expect(parseCents('9999999999999.99', 0)).toBe(LARGEST_CENTS);
    expect(parseCents('10000000000000', 0)).toBeNull();
  });

  it('sends 0.1 + 0.2 as people mean it', () => {
    expect(JSON.stringify(amountToMoney({ text: '0.3', power: 8, currency: 'CNY' }))).toBe(
      '{"amount":30000000,"currency":"CNY"}',
    );
    expect(JSON.stringify(amountToMoney({ text: '1.1', power: 4, currency: 'USD' }))).toBe(
      '{"amount":11000,"currency":"USD"}',
    );
    expect(JSON.stringify(amountToMoney({ text: '1234567890.12', power: 0, currency: 'CNY' }))).toBe(
      '{"amount":1234567890.12,"currency":"CNY"}',
    );
  });

  it('takes an empty field for absent, not for nought', () => {
    expect(amountToMoney({ text: '  ', power: 8, currency: 'CNY' })).toBeUndefined();
    expect(amountToMoney(undefined)).toBeUndefined();
    expect(isAmount({ text: 'x', power: 8, currency: 'CNY' })).toBe(false);
    expect(isAmount({ text: '0', power: 8, currency: 'CNY' })).toBe(true);
  });
});

describe('writing amounts', () => {
  it.each([
    [1_200_000_000, 8, '12.00'],
    [1_234_567_890.12, 8, '12.3456789012'],
    [10_000, 4, '1.00'],
    [123_456_789.5, 0, '123,456,789.50'],
    [0.07, 0, '0.07'],
    [-50_000_000, 8, '-0.50'],
    [307_000_000_000_000, 8, '3,070,000.00'],
  ] as const)('%d in units of 10^%i is %s, every digit kept', (amount, power, text) => {
    expect(formatCents(toCents(amount), power)).toBe(text);
  });

  it.each([
    [1_234_567_890.12, '12.35'],
    [1_234_500_000, '12.35'],
    [1_234_499_999.99, '12.34'],
    [-1_234_500_000, '-12.35'],
    [1_200_000_000, '12.00'],
  ] as const)('%d is rounded half away from zero to %s where asked', (amount, text) => {
    expect(formatCents(toCents(amount), 8, 2)).toBe(text);
  });

  it('chooses 亿, 万 or 元 by size', () => {
    expect(bestPower(toCents(100_000_000), zh)).toBe(8);
    expect(bestPower(toCents(99_999_999.99), zh)).toBe(4);
    expect(bestPower(toCents(9_999.99), zh)).toBe(0);
    expect(bestPower(toCents(-200_000_000), zh)).toBe(8);
    expect(bestPower(0n, zh)).toBe(8);
  });

  it('reads cents out of a JSON number without binary dust', () => {
    expect(toCents(0.1 + 0.2)).toBe(30n);
    expect(toCents(4_353_535.35)).toBe(435_353_535n);
    expect(toCents(9_999_999_999_999.99)).toBe(LARGEST_CENTS);
    expect(fromCents(LARGEST_CENTS)).toBe(9_999_999_999_999.99);
  });

  it('gives an amount back for editing as it would be typed', () => {
    expect(moneyToAmount({ amount: 1_250_000_000, currency: 'CNY' }, zh)).toEqual({
      text: '12.5',
      power: 8,
      currency: 'CNY',
    });
    expect(moneyToAmount({ amount: 10_000_000_000, currency: 'USD' }, zh)).toEqual({
      text: '100',
      power: 8,
      currency: 'USD',
    });
    expect(moneyToAmount({ amount: 50_000, currency: 'USD' }, zh)).toEqual({ text: '5', power: 4, currency: 'USD' });
  });

  it('comes back from editing unchanged', () => {
    for (const amount of [0, 0.01, 1, 99.99, 12_345.67, 100_000_000, 1_234_567_890.12, 9_999_999_999_999.99]) {
      expect(amountToMoney(moneyToAmount({ amount, currency: 'CNY' }, zh))).toEqual({ amount, currency: 'CNY' });
    }
  });
});

describe('reading an amount as people write it', () => {
  // 12 × 10^8, 120 000 × 10^4: 1 200 000 000.00; 3.5 × 10^8 US dollars; all in cents.
  it.each([
    ['12亿', 120_000_000_000n, 'CNY', '12', 8],
    ['12 亿元', 120_000_000_000n, 'CNY', '12', 8],
    ['120000万', 120_000_000_000n, 'CNY', '120000', 4],
    ['3.5亿美元', 35_000_000_000n, 'USD', '3.5', 8],
    ['１２亿', 120_000_000_000n, 'CNY', '12', 8],
    ['5千万', 5_000_000_000n, 'CNY', '5000', 4],
    ['USD 3.5bn', 350_000_000_000n, 'USD', '3.5', 9],
    ['€1,200 million', 120_000_000_000n, 'EUR', '1200', 6],
    ['1200000000元', 120_000_000_000n, 'CNY', '1200000000', 0],
  ] as const)('%s', (text, cents, currency, figure, power) => {
    const typed = { text, power: 8 as const, currency: 'CNY' };
    expect(understood(typed)).toEqual({ cents, currency });
    expect(settledAmount(typed)).toEqual({ text: figure, power, currency });
  });

  it('leaves a figure alone in the unit chosen, whatever that is', () => {
    expect(understood({ text: '12.5', power: 4, currency: 'EUR' })).toEqual({ cents: 12_500_000n, currency: 'EUR' });
  });

  it.each(['十二', '12亿人', '约', '12亿美元元', '美元12亿欧元', '1.2.3亿'])('does not guess at %s', (text) => {
    expect(understood({ text, power: 8, currency: 'CNY' })).toBeNull();
  });
});
