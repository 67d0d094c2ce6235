import { PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { formatInstant } from '@/shared/dates';
import { Loading, Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import QrCode from '@/shared/QrCode';
import { useUnitName } from '@/shared/units';
import { claimQuery, receiptQuery } from './queries';
import { ReceiptFacts } from './ReceiptFacts';

/** The receipt of a report, made to be printed on one sheet of A4. */
export function ReceiptPage() {
  const { t } = useTranslation();
  const unit = useUnitName();
  const { id = '' } = useParams();
  const query = useQuery(receiptQuery(id));
  const claim = useQuery(claimQuery(id));
  const receipt = query.data;
  const [opened] = useState(() => formatInstant(Date.now(), 'second'));
  return (
    <Page
      title={t('receipt.title')}
      actions={
        <Button type="primary" icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
          {t('receipt.print')}
        </Button>
      }
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading />}
      {receipt && (
        <article className="sheet">
          <header className="sheet-head">
            <p>{t('app.name')}</p>
            <h2>{t('receipt.sheetTitle')}</h2>
            <p className="num">{t('receipt.number', { n: receipt.sequence })}</p>
          </header>
          {claim.data?.value.report?.name && (
            <p className="sheet-project">{t('receipt.project', { name: claim.data.value.report.name })}</p>
          )}
          <p>
            {t('receipt.statement', {
              unit: unit(receipt.jurisdiction),
              time: formatInstant(receipt.receivedAt, 'millisecond'),
            })}
          </p>
          <div className="sheet-seal">
            <ReceiptFacts receipt={receipt} />
            <figure>
              <QrCode value={receipt.hash} label={t('receipt.qr')} size={132} />
              <figcaption>{t('receipt.qr')}</figcaption>
            </figure>
          </div>
          <p className="hint">{t('receipt.explain')}</p>
          <details className="canonical">
            <summary>{t('receipt.canonical')}</summary>
            <pre tabIndex={0}>{receipt.canonical}</pre>
          </details>
          <footer className="sheet-foot">
            <span>{t('receipt.printedAt', { time: opened })}</span>
          </footer>
        </article>
      )}
      <p className="no-print">
        <Link to={`/claims/${id}`}>{t('outcome.claim')}</Link>
      </p>
    </Page>
  );
}
