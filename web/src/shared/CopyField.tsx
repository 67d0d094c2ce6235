import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from './copyText';

/** A text to be taken elsewhere. */
export function CopyField({ label, value, rows = 1 }: { label: string; value: string; rows?: number }) {
  const { t } = useTranslation();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [copied, setCopied] = useState(false);

  async function copy() {
    if (await copyText(value)) setCopied(true);
    else field.current?.select();
  }

  return (
    <div className="copy">
      <label htmlFor={id}>{label}</label>
      <div className="copy-row">
        <textarea
          id={id}
          ref={field}
          className="copy-value"
          readOnly
          rows={rows}
          value={value}
          spellCheck={false}
          onFocus={(event) => event.target.select()}
        />
        <Button
          icon={copied ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />}
          onClick={() => void copy()}
        >
          <span aria-live="polite">{copied ? t('once.copied') : t('once.copy')}</span>
        </Button>
      </div>
    </div>
  );
}
