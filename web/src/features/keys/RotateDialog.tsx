import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Form, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import { isProblem } from 'pipeline-client';
import type { ApiKey } from '@/api/types';
import { FormDialog } from '@/shared/FormDialog';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useIdempotencyKey } from '@/shared/submission';
import { useDialogForm } from '@/shared/useDialogForm';
import { KeySecret } from './KeySecret';
import { keyQuery } from './queries';

const OVERLAPS = ['none', 'P1D', 'P7D', 'P30D'] as const;
type Overlap = (typeof OVERLAPS)[number];

/** A new secret for a key; the old one ends, at once or after a while. */
export function RotateDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [form] = Form.useForm<{ overlap: Overlap }>();
  const key = useIdempotencyKey();
  const { busy, error, left, send } = useDialogForm(form);
  const current = useQuery(keyQuery(apiKey.id));
  const [made, setMade] = useState<ApiKey | null>(null);
  const rotate = ({ overlap }: { overlap: Overlap }) =>
    send(async () => {
      const etag = current.data?.etag ?? '';
      try {
        setMade(
          await body(
            client.POST('/api/v1/api-keys/{id}/rotate', {
              params: {
                path: { id: apiKey.id },
                header: { 'If-Match': etag, 'Idempotency-Key': key.keyFor({ overlap, etag }) },
              },
              body: overlap === 'none' ? {} : { overlap },
            }),
          ),
        );
      } catch (problem) {
        if (isProblem(problem, 'precondition-failed')) await current.refetch();
        throw problem;
      }
      await queries.invalidateQueries({ queryKey: ['api-keys'] });
    });

  if (made) return <KeySecret apiKey={made} onClose={onClose} />;
  return (
    <FormDialog
      form={form}
      title={t('keys.rotateOf', { name: apiKey.name })}
      action={t('keys.rotateConfirm')}
      busy={busy}
      disabled={!current.data}
      onClose={onClose}
    >
      <p>{t('keys.rotateText')}</p>
      <ProblemAlert error={error ?? current.error} fields={left}>
        {isProblem(error, 'precondition-failed') && <p>{t('stale.again')}</p>}
      </ProblemAlert>
      <Form
        form={form}
        name="rotate"
        layout="vertical"
        initialValues={{ overlap: 'P7D' }}
        onFinish={(values) => void rotate(values)}
      >
        <Form.Item name="overlap" label={t('keys.overlapFor')}>
          <Radio.Group
            className="choices"
            options={OVERLAPS.map((overlap) => ({ value: overlap, label: t(`keys.overlaps.${overlap}`) }))}
          />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}
