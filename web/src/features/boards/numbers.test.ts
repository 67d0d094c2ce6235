import { describe, expect, it } from 'vitest';
import { percentText, valueText } from './numbers';

describe('figures', () => {
  it('show ratios half up with two decimals, and a dash for what is not known', () => {
    expect(percentText('0.704124')).toBe('70.41%');
    expect(percentText('0.69996')).toBe('70.00%');
    expect(percentText('1.25645')).toBe('125.65%');
    expect(percentText('-0.129208', true)).toBe('-12.92%');
    expect(percentText('0.423087', true)).toBe('+42.31%');
    expect(percentText(null)).toBe('—');
  });

  it('show money in the units that people use', () => {
    expect(valueText(3_000_000_000, 'usd', 'zh-CN')).toBe('30 亿美元');
    expect(valueText(3_000_000_000, 'usd', 'en')).toBe('USD 3,000 m');
    expect(valueText(1.5, 'projects', 'en')).toBe('1.5');
    expect(valueText(0.65, 'share', 'en')).toBe('65.00%');
    expect(valueText(null, 'projects', 'en')).toBeNull();
    expect(valueText(0, 'projects', 'en')).toBe('0');
  });
});
