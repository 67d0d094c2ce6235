import { Button, Input } from 'antd';
import { useState, type ClipboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { PastedRow } from '@/api/types';
import { useFactText } from '@/shared/factText';
import { useCodeText } from '@/shared/i18n';
import { Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { filledFields } from './paste';
import { useParseRow } from './queries';

/** A row copied from a spreadsheet becomes the form's content; what was not understood is listed beside what stood there. */
export function PastePanel({ onFill }: { onFill: (row: PastedRow) => void }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const parse = useParseRow();
  const read = (content: string) => {
    if (content.trim()) parse.mutate(content, { onSuccess: onFill });
  };
  const paste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData('text/plain');
    if (!pasted.includes('\t')) return;
    event.preventDefault();
    setText(pasted);
    read(pasted);
  };
  if (!open)
    return (
      <p className="paste-open">
        <Button onClick={() => setOpen(true)}>{t('paste.title')}</Button>
      </p>
    );
  return (
    <Panel
      title={t('paste.title')}
      extra={
        <Button type="text" size="small" onClick={() => setOpen(false)}>
          {t('paste.close')}
        </Button>
      }
    >
      <p className="hint" id="paste-hint">
        {t('paste.hint')}
      </p>
      <Input.TextArea
        aria-label={t('paste.label')}
        aria-describedby="paste-hint"
        autoFocus
        rows={3}
        value={text}
        maxLength={20_000}
        onPaste={paste}
        onChange={(event) => setText(event.target.value)}
      />
      <p className="row-foot">
        <Button type="primary" loading={parse.isPending} disabled={!text.trim()} onClick={() => read(text)}>
          {t('paste.read')}
        </Button>
      </p>
      <ProblemAlert error={parse.error} />
      {parse.data && <Understood row={parse.data} />}
    </Panel>
  );
}

function Understood({ row }: { row: PastedRow }) {
  const { t } = useTranslation();
  const fact = useFactText();
  const code = useCodeText();
  const filled = filledFields(row);
  const doubts = row.issues.length + row.unread.length;
  return (
    <div role="status">
      {row.rows > 1 && <p className="notice notice-warn">{t('paste.severalRows')}</p>}
      {!row.headers && <p className="hint">{t('paste.headless')}</p>}
      <p>
        <strong>{t('paste.understood', { n: filled.length })}</strong>
      </p>
      <dl className="changes">
        {filled.map(([field, value]) => (
          <div key={field}>
            <dt>{fact.label(field)}</dt>
            <dd>{fact.value(field, value)}</dd>
          </div>
        ))}
      </dl>
      {doubts > 0 && (
        <>
          <p>
            <strong>{t('paste.doubt', { n: doubts })}</strong>
          </p>
          <dl className="changes">
            {row.issues.map((issue, i) => (
              <div key={`issue-${i}`}>
                <dt>{issue.column ?? code('issue', issue.code)}</dt>
                <dd>
                  {issue.message}
                  {issue.original && <mark>{issue.original}</mark>}
                </dd>
              </div>
            ))}
            {row.unread.map((cell, i) => (
              <div key={`cell-${i}`}>
                <dt>{cell.column || t('paste.unread')}</dt>
                <dd>
                  {cell.column ? t('paste.unknownColumn') : ''} <mark>{cell.text}</mark>
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </div>
  );
}
