import { useTranslation } from 'react-i18next';
import type { InvestorInput } from '@/api/types';
import { useMoneyText } from './Amount';
import { useCountryName } from './countryName';
import { formatInstant } from './dates';
import { useFactLabel } from './factLabel';
import { plainNames } from './facts';
import { useCodeText } from './i18n';
import { isMoney } from './projectForm';
import { useUnitName } from './units';

// More than one kind of record has a status, or a kind.
const CODED: Record<string, string | string[]> = {
  ...Object.fromEntries(plainNames('choice').map((name) => [name, name])),
  stage: 'stage',
  to: 'stage',
  blocks: 'stage',
  supports: 'stage',
  problemKind: 'problemKind',
  teamRole: 'teamRole',
  from: 'stage',
  status: ['claimStatus', 'transferStatus', 'capitalStatus', 'agreementStatus', 'problemStatus'],
  flag: 'flag',
  flags: 'flag',
  endReason: 'transferEnd',
  reasonCode: 'reasonCode',
  kind: ['contactKind', 'capitalKind'],
  agreementKind: 'agreementKind',
  light: 'light',
};

// Where the record says only which unit.
const UNITS = new Set(['owner', 'firstTalk', 'jurisdictionId', 'receiver', 'department']);

/** Any member of a project, claim or timeline entry, in words. */
export function useFactText() {
  const { t } = useTranslation();
  const money = useMoneyText();
  const country = useCountryName();
  const code = useCodeText();
  const label = useFactLabel();
  const unit = useUnitName();

  function value(field: string, given: unknown): string {
    if (given === undefined || given === null || given === '') return t('common.notGiven');
    if (typeof given === 'boolean') return given ? t('common.yes') : t('common.no');
    if (isMoney(given)) return money.format(given);
    if (Array.isArray(given)) {
      return given.length === 0
        ? t('common.none')
        : given
            .map((each) => (field === 'investors' ? investor(each as InvestorInput) : value(field, each)))
            .join(t('common.listSeparator'));
    }
    if (typeof given === 'object') {
      const record = given as Record<string, unknown>;
      if (typeof record.text === 'string') return record.text;
      if (typeof record.name === 'string') {
        const rest = Object.entries(record)
          .filter(([key, each]) => key !== 'name' && key !== 'id' && each)
          .map(([, each]) => String(each));
        return [record.name, ...rest].join(' ');
      }
      return Object.entries(record)
        .map(([key, each]) => `${label(key)}: ${value(key, each)}`)
        .join(t('common.listSeparator'));
    }
    const text = String(given);
    if (UNITS.has(field)) return unit({ id: text, name: text });
    const families = CODED[field];
    if (families)
      return [families].flat().reduce((known, family) => (known === text ? code(family, text) : known), text);
    return /^\d{4}-\d{2}-\d{2}T/.test(text) && !Number.isNaN(Date.parse(text)) ? formatInstant(text) : text;
  }

  function investor(each: InvestorInput): string {
    const marks = [
      each.country ? country(each.country) : '',
      each.uscc ?? '',
      each.primary ? t('investor.primary') : '',
    ].filter(Boolean);
    return [each.name, ...marks].join(' · ');
  }

  return { value, label };
}
