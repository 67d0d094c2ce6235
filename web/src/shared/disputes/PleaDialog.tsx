import { App, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { FileRef } from '@/api/types';
import { FileInput } from '@/shared/FileInput';
import { FormDialog } from '@/shared/FormDialog';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useIdempotencyKey } from '@/shared/submission';
import { useDialogForm } from '@/shared/useDialogForm';
import { useDisputeStep } from './queries';
import { limit } from '@/shared/limit';

interface Values {
  words: string;
  files?: FileRef[];
}

/** What a side has to say, with what proves it: the grounds of a dispute (`id` is the claim's), the answer to one, or an appeal. */
export function PleaDialog({
  id,
  plea,
  onClose,
}: {
  id: string;
  plea: 'file' | 'answer' | 'appeal';
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const take = useDisputeStep(id);
  const key = useIdempotencyKey();
  const { busy, error, left, send } = useDialogForm(form);
  const texts = {
    file: {
      title: t('disputes.contest'),
      text: t('disputes.contestText'),
      label: t('disputes.grounds'),
      required: t('disputes.groundsRequired'),
      hint: t('disputes.groundsHint'),
      done: t('disputes.contested'),
    },
    answer: {
      title: t('disputes.answer'),
      text: t('disputes.answerText'),
      label: t('disputes.answer'),
      required: t('disputes.answerRequired'),
      hint: undefined,
      done: t('disputes.answered'),
    },
    appeal: {
      title: t('disputes.appeal'),
      text: t('disputes.appealText'),
      label: t('disputes.appealGrounds'),
      required: t('disputes.groundsRequired'),
      hint: undefined,
      done: t('disputes.appealed'),
    },
  }[plea];

  const submit = ({ words, files: chosen }: Values) =>
    send(async () => {
      const files = (chosen ?? []).map((file) => file.id);
      const step =
        plea === 'file'
          ? { step: plea, grounds: words, files }
          : plea === 'answer'
            ? { step: plea, answer: words, files }
            : { step: plea, grounds: words };
      const made = await take.mutateAsync({ step, key: key.keyFor(step) });
      message.success(texts.done);
      onClose();
      if (plea === 'file') await navigate(`/disputes/${made.id}`);
    });

  return (
    <FormDialog form={form} title={texts.title} busy={busy} onClose={onClose}>
      <p>{texts.text}</p>
      <ProblemAlert error={error} fields={left} />
      <Form form={form} name="plea" layout="vertical" onFinish={(values) => void submit(values)}>
        <Form.Item
          name="words"
          label={texts.label}
          extra={texts.hint}
          rules={[{ required: true, whitespace: true, message: texts.required }]}
        >
          <Input.TextArea rows={6} {...limit(10_000)} />
        </Form.Item>
        {plea !== 'appeal' && (
          <Form.Item name="files" label={t('disputes.files')}>
            <FileInput label={t('disputes.files')} />
          </Form.Item>
        )}
      </Form>
    </FormDialog>
  );
}
