import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import type { Project, TeamMember, TeamRole } from '@/api/types';
import { DateInput } from '@/shared/DateInput';
import { today } from '@/shared/dates';
import { FormDialog } from '@/shared/FormDialog';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useIdempotencyKey } from '@/shared/submission';
import { useDialogForm } from '@/shared/useDialogForm';
import { limit } from '@/shared/limit';

const ROLES: readonly TeamRole[] = ['lead', 'negotiator', 'service', 'specialist'];

function useRefreshed() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['projects'] });
}

interface Named {
  name: string;
  role: TeamRole;
  from?: string;
  to?: string;
}

/** Names somebody on the team of a project. */
export function AddDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Named>();
  const key = useIdempotencyKey();
  const { busy, error, left, send } = useDialogForm(form);
  const refreshed = useRefreshed();
  const add = useMutation({
    mutationFn: ({ member, key: idempotencyKey }: { member: Named; key: string }) =>
      body(
        client.POST('/api/v1/projects/{id}/team', {
          params: { path: { id: project.id }, header: { 'Idempotency-Key': idempotencyKey } },
          body: member,
        }),
      ),
    onSettled: refreshed,
  });
  const submit = (values: Named) =>
    send(async () => {
      const member = {
        ...values,
        name: values.name.trim(),
        from: values.from || undefined,
        to: values.to || undefined,
      };
      await add.mutateAsync({ member, key: key.keyFor(member) });
      message.success(t('team.added'));
      onClose();
    });
  return (
    <FormDialog form={form} title={t('team.add')} busy={busy} onClose={onClose}>
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="team-add"
        layout="vertical"
        initialValues={{ role: ROLES[0], from: today() }}
        onFinish={(values) => void submit(values)}
      >
        <Form.Item
          name="name"
          label={t('team.name')}
          rules={[{ required: true, whitespace: true, message: t('team.nameRequired') }]}
        >
          <Input {...limit(100)} />
        </Form.Item>
        <Form.Item name="role" label={t('team.role')}>
          <Select options={ROLES.map((role) => ({ value: role, label: t(`teamRole.${role}`) }))} />
        </Form.Item>
        <Form.Item name="from" label={t('team.from')}>
          <DateInput max={today()} />
        </Form.Item>
        <Form.Item name="to" label={t('team.to')} extra={t('team.toHint')}>
          <DateInput />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}

interface Ended {
  to?: string;
  reason?: string;
}

/** Ends that somebody is on the team. */
export function EndDialog({ member, onClose }: { member: TeamMember; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Ended>();
  const key = useIdempotencyKey();
  const { busy, error, left, send } = useDialogForm(form);
  const refreshed = useRefreshed();
  const end = useMutation({
    mutationFn: ({ ended, key: idempotencyKey }: { ended: Ended; key: string }) =>
      body(
        client.POST('/api/v1/team-members/{id}/end', {
          params: {
            path: { id: member.id },
            header: { 'If-Match': `"${member.version}"`, 'Idempotency-Key': idempotencyKey },
          },
          body: ended,
        }),
      ),
    onSettled: refreshed,
  });
  const submit = (values: Ended) =>
    send(async () => {
      const ended = { to: values.to || undefined, reason: values.reason?.trim() || undefined };
      await end.mutateAsync({ ended, key: key.keyFor(ended) });
      message.success(t('team.ended'));
      onClose();
    });
  return (
    <FormDialog
      form={form}
      title={t('team.endOf', { name: member.name })}
      action={t('team.end')}
      busy={busy}
      onClose={onClose}
    >
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="team-end"
        layout="vertical"
        initialValues={{ to: today() }}
        onFinish={(values) => void submit(values)}
      >
        <Form.Item name="to" label={t('team.lastDay')}>
          <DateInput min={member.from} max={today()} />
        </Form.Item>
        <Form.Item name="reason" label={t('team.reason')}>
          <Input.TextArea rows={2} {...limit(2000)} />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}
