import { useInfiniteQuery } from '@tanstack/react-query';
import { App, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ContactKind, FileRef } from '@/api/types';
import { CONTACT_KINDS } from '@/shared/ContactsFields';
import { DateInput } from '@/shared/DateInput';
import { today } from '@/shared/dates';
import { FileInput } from '@/shared/FileInput';
import { leaderLinksQuery } from '@/shared/leaders/queries';
import { FormDialog } from '@/shared/FormDialog';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { useIdempotencyKey } from '@/shared/submission';
import { useRecordProgress } from './queries';
import { useDialogForm } from '@/shared/useDialogForm';
import { limit } from '@/shared/limit';

interface Values {
  kind: ContactKind;
  occurredOn: string;
  note: string;
  files?: FileRef[];
  leaderId?: string;
}

export function ProgressDialog({ projectId, onClose }: { projectId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const record = useRecordProgress(projectId);
  const key = useIdempotencyKey();
  const can = useCan();
  const links = useInfiniteQuery({
    ...leaderLinksQuery({ projectId, status: 'active' }),
    enabled: can('read-leader-links'),
  });
  const linked = links.data?.pages[0]?.items ?? [];
  const { busy, error, left, send } = useDialogForm(form);

  const submit = (values: Values) =>
    send(async () => {
      const progress = {
        kind: values.kind,
        occurredOn: values.occurredOn,
        note: values.note.trim(),
        leaderId: values.leaderId,
        files: values.files?.length ? values.files.map((file) => file.id) : undefined,
      };
      await record.mutateAsync({ ...progress, key: key.keyFor(progress) });
      message.success(t('progress.done'));
      onClose();
    });

  return (
    <FormDialog
      form={form}
      title={t('projectAct.progress')}
      action={t('progress.submit')}
      busy={busy}
      onClose={onClose}
    >
      <ProblemAlert error={error} fields={left} />
      <Form form={form} name="progress" layout="vertical" onFinish={(values) => void submit(values)}>
        <Form.Item
          name="kind"
          label={t('contact.kind')}
          rules={[{ required: true, message: t('progress.kindRequired') }]}
        >
          <Select options={CONTACT_KINDS.map((kind) => ({ value: kind, label: t(`contactKind.${kind}`) }))} />
        </Form.Item>
        <Form.Item
          name="occurredOn"
          label={t('contact.occurredOn')}
          rules={[{ required: true, message: t('form.dateRequired') }]}
        >
          <DateInput max={today()} />
        </Form.Item>
        <Form.Item
          name="note"
          label={t('progress.note')}
          rules={[{ required: true, whitespace: true, message: t('progress.noteRequired') }]}
        >
          <Input.TextArea rows={4} {...limit(10_000)} />
        </Form.Item>
        {linked.length > 0 && (
          <Form.Item name="leaderId" label={t('leaders.byLeader')} extra={t('leaders.byLeaderHint')}>
            <Select allowClear options={linked.map(({ leader }) => ({ value: leader.id, label: leader.name }))} />
          </Form.Item>
        )}
        <Form.Item name="files" label={t('files.title')}>
          <FileInput label={t('files.title')} />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}
