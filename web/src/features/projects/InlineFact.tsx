import { EditOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Modal, Radio, Select } from 'antd';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Tagged } from '@/api/client';
import { ProblemError } from 'pipeline-client';
import type { Project, ProjectInput } from '@/api/types';
import { useMoneyText } from '@/shared/Amount';
import { AmountInput } from '@/shared/AmountInput';
import { DateInput } from '@/shared/DateInput';
import { today } from '@/shared/dates';
import { plainFact } from '@/shared/facts';
import { useFactText } from '@/shared/factText';
import { useCodeText } from '@/shared/i18n';
import { IndustrySelect } from '@/shared/IndustrySelect';
import type { AmountText } from '@/shared/money';
import { isAmount } from '@/shared/money';
import { projectQuery } from '@/shared/moves/queries';
import { fromProject, toProjectInput } from '@/shared/projectForm';
import { EDITORS, saveFact, type InlineField, type Typed } from './inline';
import { useEditProject } from './queries';
import { limit } from '@/shared/limit';

interface Props {
  read: Tagged<Project>;
  field: InlineField;
  children: ReactNode;
}

/** A fact that is edited where it stands: Enter saves, Escape gives up; what somebody else saved meanwhile is not lost. */
export function InlineFact({ read, field, children }: Props) {
  const { t } = useTranslation();
  const fact = useFactText();
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setEditing(false);
    window.setTimeout(() => button.current?.focus());
  };
  if (editing) return <Editor read={read} field={field} onClose={close} />;
  return (
    <span className="inline-fact">
      <span>{children}</span>
      <Button
        ref={button}
        type="text"
        size="small"
        className="inline-edit"
        icon={<EditOutlined aria-hidden />}
        aria-label={t('inline.edit', { field: fact.label(field) })}
        onClick={() => setEditing(true)}
      />
    </span>
  );
}

function Editor({ read, field, onClose }: { read: Tagged<Project>; field: InlineField; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const fact = useFactText();
  const queries = useQueryClient();
  const { powers } = useMoneyText();
  const { id } = read.value;
  const edit = useEditProject(id);
  // What is edited is the version that was shown when editing began.
  const [base] = useState(read);
  const [typed, setTyped] = useState<Typed>(() => fromProject(read.value, powers)[field]);
  const [busy, setBusy] = useState(false);
  const [why, setWhy] = useState('');
  const [conflict, setConflict] = useState<{ theirs: Tagged<Project>; mine: ProjectInput } | null>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector<HTMLElement>('input, [role=combobox]')?.focus();
  }, []);

  async function save() {
    if (EDITORS[field] === 'money' && (typed as AmountText | undefined)?.text.trim() && !isAmount(typed as AmountText))
      return setWhy(t('amount.wrong'));
    if (EDITORS[field] === 'number' && typed && !/^\s*\d*(\.\d+)?\s*$/.test(typed as string))
      return setWhy(t('form.number'));
    setBusy(true);
    setWhy('');
    try {
      const saved = await saveFact(base, field, typed, {
        powers,
        send: (patch, etag) => edit.mutateAsync({ patch, etag }),
        read: () => queries.fetchQuery({ ...projectQuery(id), staleTime: 0 }),
      });
      if (saved.kind === 'conflict') setConflict(saved);
      else {
        message.success(saved.again ? t('inline.retry') : t('inline.saved', { field: fact.label(field) }));
        onClose();
      }
    } catch (problem) {
      setWhy(
        problem instanceof ProblemError
          ? Object.values(problem.errors)
              .flat()
              .map((each) => each.message)
              .join(' ') || problem.message
          : String(problem),
      );
    } finally {
      setBusy(false);
    }
  }

  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose();
    else if (
      event.key === 'Enter' &&
      event.target instanceof HTMLInputElement &&
      event.target.getAttribute('role') !== 'combobox'
    ) {
      event.preventDefault();
      void save();
    }
  };
  return (
    <div
      className="inline-editor"
      ref={box}
      onKeyDown={keys}
      role="group"
      aria-label={t('inline.edit', { field: fact.label(field) })}
    >
      <FactInput field={field} value={typed} onChange={setTyped} label={fact.label(field)} />
      {why && (
        <p className="inline-why" role="alert">
          {why}
        </p>
      )}
      <span className="inline-acts">
        <Button type="primary" size="small" loading={busy} onClick={() => void save()}>
          {t('inline.save')}
        </Button>
        <Button size="small" onClick={onClose}>
          {t('inline.cancel')}
        </Button>
      </span>
      {conflict && <Conflict field={field} {...conflict} onClose={() => setConflict(null)} onSettled={onClose} />}
    </div>
  );
}

function FactInput({
  field,
  value,
  onChange,
  label,
}: {
  field: InlineField;
  value: Typed;
  onChange: (value: Typed) => void;
  label: string;
}) {
  const code = useCodeText();
  const text = value as string | undefined;
  switch (EDITORS[field]) {
    case 'money':
      return <AmountInput label={label} value={value as AmountText | undefined} onChange={onChange} />;
    case 'industry':
      return <IndustrySelect aria-label={label} value={text} onChange={onChange} />;
    case 'past':
      return <DateInput aria-label={label} max={today()} value={text} onChange={onChange} />;
    case 'date':
      return <DateInput aria-label={label} value={text} onChange={onChange} />;
    case 'choice':
      return (
        <Select
          aria-label={label}
          allowClear
          value={text}
          onChange={onChange}
          options={plainFact(field)?.choices.map(({ value: choice }) => ({
            value: choice as string,
            label: code(field, choice),
          }))}
        />
      );
    case 'place': {
      const place = value as { id?: string; text?: string } | undefined;
      return (
        <Input
          aria-label={label}
          {...limit(200)}
          value={place?.text ?? ''}
          onChange={(event) => onChange({ ...place, text: event.target.value })}
        />
      );
    }
    default:
      return (
        <Input
          aria-label={label}
          {...limit(200)}
          inputMode={EDITORS[field] === 'number' ? 'decimal' : undefined}
          value={text ?? ''}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}

/** Two people changed the same fact: both are shown, one is chosen. */
function Conflict({
  field,
  theirs,
  mine,
  onClose,
  onSettled,
}: {
  field: InlineField;
  theirs: Tagged<Project>;
  mine: ProjectInput;
  onClose: () => void;
  onSettled: () => void;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const fact = useFactText();
  const { powers } = useMoneyText();
  const edit = useEditProject(theirs.value.id);
  const [choice, setChoice] = useState<'mine' | 'theirs'>();
  const stored = toProjectInput(fromProject(theirs.value, powers));
  const settle = () => {
    if (choice === 'theirs') return onSettled();
    edit.mutate(
      { patch: { [field]: mine[field] ?? null }, etag: theirs.etag },
      {
        onSuccess: () => {
          message.success(t('inline.saved', { field: fact.label(field) }));
          onSettled();
        },
        onError: (error) => {
          message.error(error.message);
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      open
      title={t('inline.conflictTitle', { field: fact.label(field) })}
      okText={t('inline.keep')}
      cancelText={t('inline.cancel')}
      okButtonProps={{ disabled: !choice }}
      confirmLoading={edit.isPending}
      onOk={settle}
      onCancel={onClose}
    >
      <p>{t('inline.conflictText')}</p>
      <Radio.Group
        className="ways"
        aria-label={fact.label(field)}
        value={choice}
        onChange={(event) => setChoice(event.target.value as 'mine' | 'theirs')}
      >
        <Radio value="mine">
          <strong>{t('inline.mine')}</strong>
          <span className="hint">{fact.value(field, mine[field])}</span>
        </Radio>
        <Radio value="theirs">
          <strong>{t('inline.theirs')}</strong>
          <span className="hint">{fact.value(field, stored[field])}</span>
        </Radio>
      </Radio.Group>
    </Modal>
  );
}
