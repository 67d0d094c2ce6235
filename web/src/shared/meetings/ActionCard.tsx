import { ActionState } from './ActionState';
import { App, Button, Form, Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { MeetingAction } from '@/api/types';
import { DateInput } from '@/shared/DateInput';
import { today } from '@/shared/dates';
import { FormDialog } from '@/shared/FormDialog';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useIdempotencyKey } from '@/shared/submission';
import { useUnitName } from '@/shared/units';
import { useDialogForm } from '@/shared/useDialogForm';
import { Day, When } from '@/shared/When';
import { useActionStep, type ActionAct, type ActionStep } from './queries';
import { limit } from '@/shared/limit';

const STEPS: readonly ActionStep[] = ['done', 'due', 'reopen', 'withdraw'];

/** A decision to carry out, with all that the server says this person may do with it now. */
export function ActionCard({
  action,
  chosen = false,
  heading: Heading = 'h3',
}: {
  action: MeetingAction;
  chosen?: boolean;
  /** By what it stands under. */
  heading?: 'h2' | 'h3';
}) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const [asking, setAsking] = useState<ActionStep | null>(null);
  const box = useRef<HTMLElement>(null);
  const heading = `action-${action.id}`;
  const { project } = action;
  useEffect(() => {
    if (chosen) box.current?.scrollIntoView?.({ block: 'nearest' });
  }, [chosen]);
  return (
    <article
      ref={box}
      className={chosen ? 'panel move move-chosen' : 'panel move'}
      aria-labelledby={heading}
      aria-current={chosen || undefined}
    >
      <Heading id={heading} className="trouble-title text">
        {action.text}
      </Heading>
      {project && (
        <p>
          {project.id ? <Link to={`/projects/${project.id}`}>{project.name}</Link> : <strong>{project.name}</strong>}
          {project.jurisdiction && ` · ${unit(project.jurisdiction)}`}
        </p>
      )}
      <p>
        <ActionState action={action} />
      </p>
      <p className="hint">
        {unit(action.owner)} · {t('actions.dueOn')} <Day date={action.dueOn} />
        {action.dueChanges > 0 && ` · ${t('problems.dueChanges', { count: action.dueChanges })}`}
        {action.escalatesOn && (
          <>
            {' · '}
            {t('problems.escalatesOn')} <Day date={action.escalatesOn} />
          </>
        )}
        {' · '}
        <Link to={`/meetings/${action.meetingId}`}>
          {t(`meetingKind.${action.meetingKind}`)} {action.meetingOn}
        </Link>
      </p>
      {action.doneNote && (
        <p className="hint text">
          {t('actions.doneWith', { note: action.doneNote })}
          {action.doneBy && ` · ${action.doneBy.name}`}
          {action.endedAt && (
            <>
              {' · '}
              <When at={action.endedAt} precision="day" />
            </>
          )}
        </p>
      )}
      {action.reason && <p className="hint text">{t('actions.because', { reason: action.reason })}</p>}
      {action.allowedActions.length > 0 && (
        <div className="actions">
          {STEPS.filter((step) => action.allowedActions.includes(step)).map((step) => (
            <Button
              key={step}
              size="small"
              type={step === 'done' ? 'primary' : 'default'}
              aria-label={t('problems.stepOf', { step: t(`actions.step.${step}`), title: action.text })}
              onClick={() => setAsking(step)}
            >
              {t(`actions.step.${step}`)}
            </Button>
          ))}
        </div>
      )}
      {asking && <ActionDialog action={action} step={asking} onClose={() => setAsking(null)} />}
    </article>
  );
}

/** Asks for what a step needs, and takes it. */
export function ActionDialog({
  action,
  step,
  onClose,
}: {
  action: MeetingAction;
  step: ActionStep;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ text?: string; dueOn?: string }>();
  const take = useActionStep();
  const key = useIdempotencyKey();
  const { busy, error, left, send } = useDialogForm(form);
  const submit = (values: { text?: string; dueOn?: string }) =>
    send(async () => {
      const act = actOf(step, values);
      await take.mutateAsync({ id: action.id, version: action.version, act, key: key.keyFor(act) });
      message.success(t('actions.taken'));
      onClose();
    });
  return (
    <FormDialog form={form} title={t(`actions.step.${step}`)} busy={busy} onClose={onClose}>
      <p className="text">
        <strong>{action.text}</strong>
      </p>
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="action-step"
        layout="vertical"
        initialValues={{ dueOn: action.dueOn }}
        onFinish={(values) => void submit(values)}
      >
        {step === 'due' && (
          <Form.Item
            name="dueOn"
            label={t('actions.dueOn')}
            rules={[{ required: true, message: t('form.dateRequired') }]}
          >
            <DateInput min={today()} />
          </Form.Item>
        )}
        <Form.Item
          name="text"
          label={step === 'done' ? t('actions.note') : t('problems.field.reason')}
          rules={[
            {
              required: true,
              whitespace: true,
              message: step === 'done' ? t('actions.noteRequired') : t('problems.fieldRequired.reason'),
            },
          ]}
        >
          <Input.TextArea rows={4} {...limit(2000)} />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}

function actOf(step: ActionStep, values: { text?: string; dueOn?: string }): ActionAct {
  const text = values.text?.trim() ?? '';
  if (step === 'done') return { step, note: text };
  if (step === 'due') return { step, dueOn: values.dueOn ?? '', reason: text };
  return { step, reason: text };
}
