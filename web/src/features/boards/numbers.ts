import type { FigureIndicator, Indicator } from '@/api/types';
import type { Language } from '@/shared/i18n';

type Unit = FigureIndicator['unit'];

/** A ratio as per cent with two decimals, half up; a dash where it is not known. */
export function percentText(ratio: string | number | null | undefined, signed = false): string {
  if (ratio === null || ratio === undefined) return '—';
  const value = Math.sign(Number(ratio)) * (Math.round(Math.abs(Number(ratio)) * 10_000 + 1e-9) / 100);
  return `${signed && value > 0 ? '+' : ''}${value.toFixed(2)}%`;
}

/** A value of an indicator in the words of its unit: money in 亿, or millions; null where it is not known. */
export function valueText(value: number | null | undefined, unit: Unit, language: Language): string | null {
  if (value === null || value === undefined) return null;
  if (unit === 'share') return percentText(value);
  if (unit === 'cny' || unit === 'usd') {
    const [scale, word] = language === 'en' ? [1_000_000, 'm'] : [100_000_000, '亿'];
    const number = (value / scale).toLocaleString('en', { maximumFractionDigits: 4 });
    return language === 'en'
      ? `${unit === 'usd' ? 'USD' : 'CNY'} ${number} ${word}`
      : `${number} ${word}${unit === 'usd' ? '美元' : '元'}`;
  }
  return value.toLocaleString('en', { maximumFractionDigits: 4 });
}

/** What an indicator is called in the language shown. */
export const indicatorName = (indicator: Pick<Indicator, 'name' | 'nameEn'>, language: Language): string =>
  language === 'en' ? indicator.nameEn || indicator.name : indicator.name;
