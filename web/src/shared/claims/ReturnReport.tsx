import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import type { Claim } from '@/api/types';
import { FormDialog } from '@/shared/FormDialog';
import { limit } from '@/shared/limit';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ReasonField } from '@/shared/ReasonField';
import { useIdempotencyKey } from '@/shared/submission';
import { useDialogForm } from '@/shared/useDialogForm';

interface Values {
  reason: string;
  missing?: string;
}

/** The way to return a report that waits for completion (R14b); nothing where that is not possible. */
export function ReturnReport({ claim, etag, onDone }: { claim: Claim; etag: string; onDone?: () => void }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (!claim.allowedActions.includes('return')) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('returned.return')}</Button>
      {open && <ReturnDialog id={claim.id} etag={etag} onClose={() => setOpen(false)} onDone={onDone} />}
    </>
  );
}

function ReturnDialog({
  id,
  etag,
  onClose,
  onDone,
}: {
  id: string;
  etag: string;
  onClose: () => void;
  onDone: (() => void) | undefined;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const { busy, error, left, send } = useDialogForm(form);
  const key = useIdempotencyKey();
  const give = useMutation({
    mutationFn: (said: { reason: string; missing: string[] }) =>
      body(
        client.POST('/api/v1/claims/{id}/return', {
          params: { path: { id }, header: { 'If-Match': etag, 'Idempotency-Key': key.keyFor({ said, etag }) } },
          body: said,
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['claims'] }),
  });
  const submit = (values: Values) =>
    send(async () => {
      const missing = (values.missing ?? '')
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
      await give.mutateAsync({ reason: values.reason, missing });
      message.success(t('returned.done'));
      onClose();
      onDone?.();
    });
  return (
    <FormDialog form={form} title={t('returned.return')} busy={busy} onClose={onClose}>
      <p>{t('returned.consequence')}</p>
      <ProblemAlert error={error} fields={left} />
      <Form form={form} name="return-report" layout="vertical" onFinish={(values) => void submit(values)}>
        <ReasonField kind="report-return" />
        <Form.Item name="missing" label={t('returned.missing')} extra={t('returned.missingHint')}>
          <Input.TextArea rows={4} {...limit(4000)} />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}
