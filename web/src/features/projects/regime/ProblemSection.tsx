import { useQuery } from '@tanstack/react-query';
import { App, Button, Checkbox, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProblemKind, Project, Stage } from '@/api/types';
import { DateInput } from '@/shared/DateInput';
import { today } from '@/shared/dates';
import { FormDialog } from '@/shared/FormDialog';
import { JurisdictionSelect } from '@/shared/JurisdictionSelect';
import { PROBLEM_KINDS } from '@/shared/problems/kinds';
import { ProblemCard } from '@/shared/problems/ProblemCard';
import { projectProblemsQuery, useRaiseProblem } from '@/shared/problems/queries';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { useIdempotencyKey } from '@/shared/submission';
import { useDialogForm } from '@/shared/useDialogForm';
import { Section } from './Section';
import { limit } from '@/shared/limit';

const FORWARD: readonly Stage[] = ['signed', 'registered', 'started', 'in-production'];

/** What keeps the project from going on, and who is to do something about it. */
export function ProblemSection({ project }: { project: Project }) {
  const { t } = useTranslation();
  const can = useCan();
  const query = useQuery({ ...projectProblemsQuery(project.id), enabled: can('read-problems') });
  const [raising, setRaising] = useState(false);
  const problems = query.data ?? [];
  const open = problems.filter((problem) => problem.status !== 'closed');
  const mayRaise = project.allowedActions?.includes('raise-problem') ?? false;
  if (!can('read-problems') || (problems.length === 0 && !mayRaise)) return null;
  return (
    <Section
      title={t('problems.section')}
      state={
        problems.length === 0 ? (
          t('problems.none')
        ) : (
          <>
            {t('problems.unresolvedN', { count: open.length })}{' '}
            {open.some((problem) => problem.overdue) && <span className="tag flag">{t('problems.overdue')}</span>}
          </>
        )
      }
      open={open.length > 0}
    >
      {problems.map((problem) => (
        <ProblemCard key={problem.id} problem={problem} />
      ))}
      {problems.length === 0 && <p className="muted">{t('problems.noneHint')}</p>}
      {mayRaise && (
        <div className="actions">
          <Button onClick={() => setRaising(true)}>{t('problems.raise')}</Button>
        </div>
      )}
      {raising && <RaiseDialog project={project} onClose={() => setRaising(false)} />}
    </Section>
  );
}

interface Values {
  title: string;
  kind?: ProblemKind;
  urgent?: boolean;
  blocks?: Stage;
  departmentId?: string;
  dueOn?: string;
}

/** Two fields are enough; what else there is opens on demand. */
function RaiseDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const raise = useRaiseProblem(project.id);
  const key = useIdempotencyKey();
  const { busy, error, left, send } = useDialogForm(form);
  const ahead = FORWARD.slice(FORWARD.indexOf(project.stage) + 1);
  const submit = (values: Values) =>
    send(async () => {
      const problem = {
        title: values.title.trim(),
        kind: values.kind,
        urgent: values.urgent ?? false,
        blocks: values.blocks,
        departmentId: values.departmentId,
        dueOn: values.dueOn,
      };
      await raise.mutateAsync({ problem, key: key.keyFor(problem) });
      message.success(t('problems.raisedDone'));
      onClose();
    });
  return (
    <FormDialog form={form} title={t('problems.raise')} busy={busy} onClose={onClose}>
      <ProblemAlert error={error} fields={left} />
      <Form form={form} name="problem" layout="vertical" onFinish={(values) => void submit(values)}>
        <Form.Item
          name="title"
          label={t('problems.title')}
          rules={[{ required: true, whitespace: true, message: t('problems.titleRequired') }]}
        >
          <Input {...limit(200)} />
        </Form.Item>
        <Form.Item
          name="kind"
          label={t('problems.kind')}
          rules={[{ required: true, message: t('problems.kindRequired') }]}
        >
          <Select options={PROBLEM_KINDS.map((kind) => ({ value: kind, label: t(`problemKind.${kind}`) }))} />
        </Form.Item>
        <details className="trouble-more">
          <summary>{t('problems.more')}</summary>
          <Form.Item name="urgent" valuePropName="checked">
            <Checkbox>{t('problems.urgentHint')}</Checkbox>
          </Form.Item>
          {!project.secret && (
            <Form.Item name="departmentId" label={t('problems.department')}>
              <JurisdictionSelect kind="department" placeholder={t('problems.departmentByCentre')} />
            </Form.Item>
          )}
          <Form.Item name="blocks" label={t('problems.blocks')}>
            <Select
              allowClear
              placeholder={t('problems.blocksNothing')}
              options={ahead.map((stage) => ({ value: stage, label: t(`stage.${stage}`) }))}
            />
          </Form.Item>
          <Form.Item name="dueOn" label={t('problems.otherDue')}>
            <DateInput min={today()} />
          </Form.Item>
        </details>
      </Form>
    </FormDialog>
  );
}
