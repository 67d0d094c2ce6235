import { useQuery } from '@tanstack/react-query';
import { Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMoneyText } from './Amount';
import { toCents, understood, type AmountText } from './money';
import { currentRulesQuery } from './rates';

/** From what amount on a project is reported, and on which side the amount typed is; in a currency without a threshold of its own the server judges. */
export function ReportThreshold() {
  const { t } = useTranslation();
  const money = useMoneyText();
  const rules = useQuery(currentRulesQuery);
  const typed = Form.useWatch(['project', 'totalInvestment']) as AmountText | undefined;
  const thresholds = rules.data?.reportThresholds;
  if (!thresholds?.length) return null;
  const amounts = thresholds.map((each) => t('form.from', { amount: money.format(each) })).join(t('form.or'));
  const amount = typed && understood(typed);
  const own = amount && thresholds.find((each) => each.currency === amount.currency);
  return (
    <div className="hint threshold" aria-live="polite">
      {t('form.threshold', { amounts })}{' '}
      {amount && (
        <strong>
          {own ? t(amount.cents >= toCents(own.amount) ? 'form.reached' : 'form.below') : t('form.judged')}
        </strong>
      )}
    </div>
  );
}
