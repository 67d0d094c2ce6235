import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstant } from './dates';
import { Page } from './Page';
import { useMe, useSession } from './queries';
import { useUnitName } from './units';
import './paper.css';

/** A page that is made to be printed: title, unit of amounts and day above, who printed it below; on screen as it will lie on paper. */
export function Paper({
  title,
  unit,
  wide,
  ready = true,
  children,
}: {
  title: string;
  /** In what amounts are told. */
  unit?: string;
  /** Across an A4 rather than upright. */
  wide?: boolean;
  ready?: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const nameOf = useUnitName();
  const me = useMe();
  const { user } = useSession();
  const [at] = useState(() => formatInstant(Date.now()));
  const by = [me?.jurisdiction && nameOf(me.jurisdiction), user?.displayName].filter(Boolean).join(' ');
  return (
    <Page
      title={title}
      wide
      actions={
        <Button type="primary" icon={<PrinterOutlined aria-hidden />} disabled={!ready} onClick={() => window.print()}>
          {t('receipt.print')}
        </Button>
      }
    >
      <article className={wide ? 'paper paper-wide' : 'paper'} tabIndex={0} aria-label={title}>
        <header className="paper-head">
          <h2>{title}</h2>
          <p>
            <span>{t('paper.asOf', { time: at })}</span>
            {unit && <span>{t('paper.unit', { unit })}</span>}
          </p>
        </header>
        {children}
        <footer className="paper-foot">{t('paper.printed', { by, time: at })}</footer>
      </article>
    </Page>
  );
}
