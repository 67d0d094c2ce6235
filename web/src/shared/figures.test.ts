import { describe, expect, it } from 'vitest';
import { changeText, markText, percentText, pointsText, valueText, weightText } from './figures';

describe('figures', () => {
  it('show ratios half up with two decimals, and a dash for what is not known', () => {
    expect(percentText('0.704124')).toBe('70.41%');
    expect(percentText('0.69996')).toBe('70.00%');
    expect(percentText('1.25645')).toBe('125.65%');
    expect(pointsText('-0.129208')).toBe('-12.92');
    expect(pointsText('0.423087')).toBe('+42.31');
    expect(pointsText(undefined)).toBe('—');
    expect(percentText(null)).toBe('—');
    expect(changeText('13')).toBe('+1300.00%');
    expect(changeText('-0.25')).toBe('-25.00%');
    expect(changeText(undefined)).toBe('—');
  });

  it('show money in the unit that the language has', () => {
    const words = { scale: 1_000_000, cny: (n: string) => `CNY ${n} m`, usd: (n: string) => `USD ${n} m` };
    expect(valueText(3_000_000_000, 'usd', words)).toBe('USD 3,000 m');
    expect(valueText(650_000, 'cny', words)).toBe('CNY 0.65 m');
    expect(valueText(1.5, 'projects', words)).toBe('1.5');
    expect(valueText(0.65, 'share', words)).toBe('65.00%');
    expect(valueText(null, 'projects', words)).toBeNull();
    expect(valueText(0, 'projects', words)).toBe('0');
  });
});

describe('marks', () => {
  it('are shown with two decimals, weights as they are, and what is not known as a dash', () => {
    expect(markText(22.8)).toBe('22.80');
    expect(markText(68.333333)).toBe('68.33');
    expect(markText(1.005)).toBe('1.01');
    expect(markText(-11)).toBe('-11.00');
    expect(markText(undefined)).toBe('—');
    expect(weightText(40)).toBe('40');
    expect(weightText(0.5)).toBe('0.5');
  });
});
