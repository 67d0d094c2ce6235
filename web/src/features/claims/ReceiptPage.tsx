import { PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Claim } from '@/api/types';
import { Amount } from '@/shared/Amount';
import { formatInstant } from '@/shared/dates';
import { projectQuery } from '@/shared/moves/queries';
import { Facts, Loading, Page } from '@/shared/Page';
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
  const projectId = claim.data?.value.projectId;
  const project = useQuery({ ...projectQuery(projectId ?? ''), enabled: projectId !== undefined });
  /** What came of the report, as it stands when it is printed. */
  const result = (value: Claim) =>
    value.status === 'active' && value.expiresAt
      ? t('receipt.resultOf.active', { time: formatInstant(value.expiresAt) })
      : value.status === 'queued' && value.queuePosition
        ? t('outcome.queuedTitle', { n: value.queuePosition })
        : t(`claimStatus.${value.status}`);
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
            <p className="num">
              {t('receipt.number', { n: receipt.sequence, year: formatInstant(receipt.receivedAt, 'day').slice(0, 4) })}
            </p>
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
          {claim.data && (
            <Facts
              items={[
                { label: t('receipt.result'), value: <strong>{result(claim.data.value)}</strong>, wide: true },
                project.data?.value.code !== undefined && {
                  label: t('project.code'),
                  value: <span className="num">{project.data.value.code}</span>,
                },
                {
                  label: t('project.totalInvestment'),
                  value: <Amount money={claim.data.value.report?.totalInvestment} />,
                },
                {
                  label: t('project.investors'),
                  value: (claim.data.value.report?.investors ?? [])
                    .map((each) => each.name)
                    .join(t('common.listSeparator')),
                  wide: true,
                },
                { label: t('receipt.handler'), value: claim.data.value.reportedBy.name },
              ]}
            />
          )}
          <div className="sheet-seal">
            <ReceiptFacts receipt={receipt} />
            <figure>
              <QrCode value={`${window.location.origin}/check/${receipt.hash}`} label={t('receipt.qr')} size={132} />
              <figcaption>{t('receipt.qr')}</figcaption>
            </figure>
          </div>
          {receipt.completions.map((each) => (
            <p key={each.hash}>
              {t('receipt.completion', { time: formatInstant(each.completedAt, 'second') })}{' '}
              <code className="hash">{each.hash}</code>
            </p>
          ))}
          <p className="hint">{t('receipt.explain')}</p>
          <details className="canonical">
            <summary>{t('receipt.canonical')}</summary>
            <pre tabIndex={0}>{receipt.canonical}</pre>
          </details>
          <div className="sheet-stamp">
            <span>{t('receipt.office')}</span>
            <span>{t('paper.seal')}</span>
          </div>
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
