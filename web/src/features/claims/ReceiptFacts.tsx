import { useTranslation } from 'react-i18next';
import type { Named } from '@/api/types';
import { formatInstant } from '@/shared/dates';
import { Facts } from '@/shared/Page';
import { useUnitName } from '@/shared/units';

interface Props {
  receipt: {
    claimId: string;
    sequence: number;
    receivedAt: string;
    jurisdiction: Named;
    hash: string;
    previousHash?: string;
  };
}

export function ReceiptFacts({ receipt }: Props) {
  const { t } = useTranslation();
  const unit = useUnitName();
  return (
    <section className="receipt-facts" aria-label={t('receipt.title')}>
      <Facts
        items={[
          { label: t('receipt.sequence'), value: <span className="num">{receipt.sequence}</span> },
          { label: t('receipt.jurisdiction'), value: unit(receipt.jurisdiction) },
          {
            label: t('receipt.receivedAt'),
            value: (
              <time className="num" dateTime={receipt.receivedAt}>
                {t('time.shanghai', { time: formatInstant(receipt.receivedAt, 'millisecond') })}
              </time>
            ),
            wide: true,
          },
          { label: t('receipt.claimId'), value: <code>{receipt.claimId}</code>, wide: true },
          { label: t('receipt.hash'), value: <code className="hash">{receipt.hash}</code>, wide: true },
          {
            label: t('receipt.previousHash'),
            value:
              receipt.previousHash && !/^0+$/.test(receipt.previousHash) ? (
                <code className="hash">{receipt.previousHash}</code>
              ) : (
                t('receipt.first')
              ),
            wide: true,
          },
        ]}
      />
    </section>
  );
}
