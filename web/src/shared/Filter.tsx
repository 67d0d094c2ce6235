import { Input } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';

/** A filter under its label. */
export function Filter({
  id,
  label,
  wide = false,
  children,
}: {
  id: string;
  label: string;
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={wide ? 'filter filter-wide' : 'filter'}>
      <label htmlFor={id}>{label}</label>
      {children}
    </div>
  );
}

interface Props {
  id: string;
  label: string;
  placeholder?: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  least?: number;
  /** Said under the field while less was typed. */
  hint?: string;
}

const PAUSE = 400;

/** Waits for Enter or leaving the field; with `least` it asks while one types as well, after a pause, from so many letters on. */
export function TextFilter({ id, label, placeholder, value, onChange, least, hint }: Props) {
  const [text, setText] = useState(value ?? '');
  const [seen, setSeen] = useState(value);
  const [sent, setSent] = useState(value);
  // Changed from elsewhere, by the way back or “clear”: the field follows. What it asked for itself it holds already.
  if (value !== seen) {
    setSeen(value);
    if (value !== sent) {
      setSent(value);
      setText(value ?? '');
    }
  }
  const timer = useRef<number>(undefined);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const isShort = (typed: string) => typed.trim() !== '' && typed.trim().length < (least ?? 0);
  const commit = (typed: string) => {
    window.clearTimeout(timer.current);
    const next = typed.trim() || undefined;
    if (isShort(typed) || next === sent) return;
    setSent(next);
    onChange(next);
  };
  return (
    <Filter id={id} label={label} wide={placeholder !== undefined}>
      <Input
        id={id}
        allowClear
        value={text}
        placeholder={placeholder}
        title={placeholder}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => {
          const typed = event.target.value;
          setText(typed);
          window.clearTimeout(timer.current);
          if (typed === '') commit(typed);
          else if (least !== undefined) timer.current = window.setTimeout(() => commit(typed), PAUSE);
        }}
        onPressEnter={() => commit(text)}
        onBlur={() => commit(text)}
      />
      {hint && isShort(text) && (
        <small id={`${id}-hint`} className="hint" role="status">
          {hint}
        </small>
      )}
    </Filter>
  );
}
