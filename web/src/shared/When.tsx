import { useTranslation } from 'react-i18next';
import { formatInstant, type Precision } from './dates';

/** An instant in Shanghai's time. */
export function When({ at, precision }: { at: string | undefined | null; precision?: Precision }) {
  const { t } = useTranslation();
  if (!at) return <span className="muted">{t('common.none')}</span>;
  return (
    <time dateTime={at} className="num nowrap" title={t('time.shanghai', { time: formatInstant(at, 'second') })}>
      {formatInstant(at, precision)}
    </time>
  );
}

/** A calendar date. */
export function Day({ date }: { date: string | undefined | null }) {
  const { t } = useTranslation();
  if (!date) return <span className="muted">{t('common.none')}</span>;
  return (
    <time dateTime={date} className="num nowrap">
      {date}
    </time>
  );
}
