import { Button } from 'antd';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFactLabel } from './factLabel';
import { ProblemError, type FieldErrors } from 'pipeline-client';

interface Props {
  error: unknown;
  /** The field errors to list; by default all the problem has. A form passes those that found no field of its own. */
  fields?: FieldErrors;
  onRetry?: () => void;
  children?: ReactNode;
}

/** In sight, unless a field that is in error has the cursor: then that is where to go on. */
function show(box: HTMLElement | null): void {
  if (!box || document.activeElement?.closest('.ant-form-item-has-error')) return;
  box.scrollIntoView?.({ block: box.closest('form')?.querySelector('.submit-bar') ? 'center' : 'nearest' });
}

/** The one way a refusal or failure is shown: what, why, where, what to do, and the id to quote to the help desk. */
export function ProblemAlert({ error, fields, onRetry, children }: Props) {
  const { t } = useTranslation();
  const labelOf = useFactLabel();
  /** The last named member of a path in words; what has none, as it is called over HTTP. */
  const label = (path: string) => {
    const name = path.match(/[A-Za-z]\w*/g)?.at(-1);
    const words = name ? labelOf(name) : path;
    return words === name ? path : words;
  };
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error) show(box.current);
  }, [error]);
  if (!error) return null;

  const problem = error instanceof ProblemError ? error : null;
  const network = problem?.status === 0;
  const title = network ? t('problem.networkTitle') : (problem?.problem.title ?? t('problem.unexpectedTitle'));
  const detail = network
    ? t('problem.networkDetail')
    : problem
      ? problem.problem.detail
      : t('problem.unexpectedDetail');
  const help = problem?.problem.help;
  const listed = Object.entries(fields ?? problem?.errors ?? {});
  const id = problem?.requestId ?? problem?.problem.traceId;

  return (
    <div ref={box} className="problem" role="alert">
      <p className="problem-title">{title}</p>
      {detail && <p>{detail}</p>}
      {help && help !== detail && <p className="problem-help">{help}</p>}
      {listed.length > 0 && (
        <ul>
          {listed.map(([path, messages]) => (
            <li key={path}>
              <strong>{label(path)}</strong> {messages.map((each) => each.message).join(' ')}
            </li>
          ))}
        </ul>
      )}
      {children}
      {onRetry && (
        <p>
          <Button onClick={onRetry}>{t('common.retry')}</Button>
        </p>
      )}
      {id && (
        <p className="problem-id">
          {t('problem.id')} <code>{id}</code>
        </p>
      )}
    </div>
  );
}
