import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import { formatInstant } from '@/shared/dates';
import { serverNow } from '@/api/session';
import { useCodeText } from '@/shared/i18n';
import { Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';

/** Recomputes the chain of receipts from the first to the last (R22). */
export function ReceiptsPage() {
  const { t } = useTranslation();
  const code = useCodeText();
  const verify = useMutation({
    mutationFn: async () => ({
      ...(await body(client.GET('/api/v1/receipts/verify'))),
      at: formatInstant(serverNow(), 'second'),
    }),
  });
  const check = verify.data;
  return (
    <Page title={t('receipts.title')} lead={t('receipts.lead')}>
      <Panel>
        <p>{t('receipts.text')}</p>
        <Button type="primary" loading={verify.isPending} onClick={() => verify.mutate()}>
          {t('receipts.verify')}
        </Button>
      </Panel>
      <ProblemAlert error={verify.error} />
      {check && (
        <section className={check.valid ? 'outcome outcome-active' : 'outcome outcome-broken'} role="status">
          <h2>{check.valid ? t('receipts.valid') : t('receipts.broken')}</h2>
          <p className="num">{t('receipts.checked', { n: check.checked, time: check.at })}</p>
          {check.firstBroken && (
            <p className="num">
              {t('receipts.firstBroken', {
                n: check.firstBroken.sequence,
                reason: code('receiptBreak', check.firstBroken.reason),
              })}
            </p>
          )}
        </section>
      )}
    </Page>
  );
}
