import type { Money, Totals } from '@/api/types';
import { useTranslation } from 'react-i18next';
import { useLanguage } from './i18n';
import { bestPower, formatCents, powersFor, toCents, type Power } from './money';

/** The words for money in the language shown: units, and a figure with its unit. */
export function useMoneyText() {
  const { t, i18n } = useTranslation();
  const language = useLanguage();
  const powers = powersFor(language);
  const currencyName = (currency: string): string =>
    i18n.exists(`currency.${currency}`) ? (t as (key: string) => string)(`currency.${currency}`) : currency;
  const unit = (power: Power, currency: string): string => t(`unit.${power}`, { currency: currencyName(currency) });

  return {
    powers,
    unit,
    currencyName,
    /** `digits`: rounded to so many decimals; without it every digit is kept. */
    format(money: Money, digits?: number): string {
      const cents = toCents(money.amount);
      const power = bestPower(cents, powers);
      return t(`money.${power}`, { figure: formatCents(cents, power, digits), currency: currencyName(money.currency) });
    },
    exact(money: Money): string {
      return t('money.0', { figure: formatCents(toCents(money.amount), 0), currency: currencyName(money.currency) });
    },
  };
}

export function Amount({ money, digits }: { money: Money | undefined; digits?: number }) {
  const text = useMoneyText();
  const { t } = useTranslation();
  if (!money) return <span className="muted">{t('common.notGiven')}</span>;
  return (
    <span className="num nowrap" title={text.exact(money)}>
      {text.format(money, digits)}
    </span>
  );
}

/** The year whose rates stand in, where the year of the totals has none of its own. */
export function RateYear({ year }: { year: number | undefined }) {
  const { t } = useTranslation();
  return year === undefined ? null : <span className="totals-note">{t('totals.rateYear', { year })}</span>;
}

/** A total: its equivalent in yuan, then what it is made of where that is more than yuan, and what it leaves out. */
export function TotalsText({ totals, rateYear, inline }: { totals: Totals; rateYear?: number; inline?: boolean }) {
  const { t } = useTranslation();
  const text = useMoneyText();
  const foreign = totals.byCurrency.some((each) => each.currency !== 'CNY');
  return (
    <span className={inline ? 'totals totals-inline' : 'totals'}>
      <strong className="num">
        {foreign && <small className="totals-label">{t('totals.inYuan')}</small>}
        <Amount money={{ amount: totals.cny, currency: 'CNY' }} digits={2} />
      </strong>
      {foreign && (
        <span className="totals-parts">
          <span className="totals-label">{t('totals.ofWhich')}</span>
          {totals.byCurrency.map((each) => (
            <span key={each.currency} className="totals-part">
              <Amount money={each} digits={2} />
            </span>
          ))}
        </span>
      )}
      {totals.leftOut && (
        <span className="totals-note">
          {t('totals.leftOut', {
            count: totals.leftOut.count,
            sums: totals.leftOut.byCurrency.map((each) => text.format(each, 2)).join(t('common.listSeparator')),
          })}
        </span>
      )}
      <RateYear year={rateYear} />
    </span>
  );
}
