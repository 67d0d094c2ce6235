import { useTranslation } from 'react-i18next';
import type { FigureIndicator, Indicator } from '@/api/types';
import { useLanguage, type Language } from './i18n';

type Unit = FigureIndicator['unit'];

/** A ratio in hundredths with two decimals, half up. */
function hundredths(ratio: string | number): string {
  return (Math.sign(Number(ratio)) * (Math.round(Math.abs(Number(ratio)) * 10_000 + 1e-9) / 100)).toFixed(2);
}

/** A ratio as per cent; a dash where it is not known. */
export function percentText(ratio: string | number | null | undefined): string {
  return ratio === null || ratio === undefined ? '—' : `${hundredths(ratio)}%`;
}

/** A change against another time in percent, with its sign; a dash where it is not known. */
export function changeText(ratio: string | number | null | undefined): string {
  return ratio === null || ratio === undefined ? '—' : `${pointsText(ratio)}%`;
}

/** A difference of ratios in points, with its sign; a dash where it is not known. */
export function pointsText(ratio: string | number | null | undefined): string {
  if (ratio === null || ratio === undefined) return '—';
  const points = hundredths(ratio);
  return Number(points) > 0 ? `+${points}` : points;
}

/** How money is written in the language shown: in which unit, and with which words. */
export interface MoneyWords {
  scale: number;
  cny: (number: string) => string;
  usd: (number: string) => string;
}

/** A value of an indicator in the words of its unit; null where it is not known. */
export function valueText(value: number | null | undefined, unit: Unit, words: MoneyWords): string | null {
  if (value === null || value === undefined) return null;
  if (unit === 'share') return percentText(value);
  const text = (scale: number) => (value / scale).toLocaleString('en', { maximumFractionDigits: 4 });
  return unit === 'cny' || unit === 'usd' ? words[unit](text(words.scale)) : text(1);
}

/** Values of indicators in the language shown. */
export function useValueText(): (value: number | null | undefined, unit: Unit) => string | null {
  const { t } = useTranslation();
  const language = useLanguage();
  return (value, unit) =>
    valueText(value, unit, {
      scale: language === 'en' ? 1_000_000 : 100_000_000,
      cny: (number) => t('value.cny', { number }),
      usd: (number) => t('value.usd', { number }),
    });
}

/** What an indicator is called in the language shown. */
export const indicatorName = (indicator: Pick<Indicator, 'name' | 'nameEn'>, language: Language): string =>
  language === 'en' ? indicator.nameEn || indicator.name : indicator.name;

/** A mark with two decimals, half up; a dash where it is not known. */
export const markText = (mark: number | null | undefined): string =>
  mark === null || mark === undefined ? '—' : hundredths(mark / 100);

/** Full marks and weights: as many decimals as they have. */
export const weightText = (weight: number): string => weight.toLocaleString('en', { maximumFractionDigits: 6 });
