import { Input } from 'antd';
import { useState, type ReactNode } from 'react';

/** A filter under its label. */
export function Filter({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  return (
    <div className="filter">
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
}

/** Typing does not ask the server at every key: it waits for Enter or leaving the field. */
export function TextFilter({ id, label, placeholder, value, onChange }: Props) {
  const [text, setText] = useState(value ?? '');
  const commit = () => {
    if (text.trim() !== (value ?? '')) onChange(text.trim() || undefined);
  };
  return (
    <Filter id={id} label={label}>
      <Input
        id={id}
        allowClear
        value={text}
        placeholder={placeholder}
        onChange={(event) => {
          setText(event.target.value);
          if (event.target.value === '' && value) onChange(undefined);
        }}
        onPressEnter={commit}
        onBlur={commit}
      />
    </Filter>
  );
}
