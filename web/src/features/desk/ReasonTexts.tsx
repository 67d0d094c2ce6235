import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import type { ReasonKind, ReasonTemplate } from '@/api/types';
import { ConfirmDialog } from '@/shared/ConfirmDialog';
import { DataTable } from '@/shared/DataTable';
import { limit } from '@/shared/limit';
import { Empty, Loading, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { reasonTemplatesQuery } from '@/shared/ReasonField';
import { useIdempotencyKey } from '@/shared/submission';
import { useDialogForm } from '@/shared/useDialogForm';
import { When } from '@/shared/When';

const KINDS = [
  'report-return',
  'report-decision',
  'claim',
  'move-return',
  'capital',
  'transfer',
  'dispute',
  'removal',
] as const satisfies readonly ReasonKind[];

interface Kept {
  kind: ReasonKind;
  text: string;
}

/** The texts that the centre keeps for the reasons of its decisions. */
export function ReasonTexts() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const query = useQuery(reasonTemplatesQuery());
  const [form] = Form.useForm<Kept>();
  const { busy, error, left, send } = useDialogForm(form);
  const key = useIdempotencyKey();
  const [gone, setGone] = useState<ReasonTemplate | null>(null);
  const refreshed = () => queries.invalidateQueries({ queryKey: ['reason-templates'] });
  const add = useMutation({
    mutationFn: (kept: Kept) =>
      body(
        client.POST('/api/v1/reason-templates', {
          params: { header: { 'Idempotency-Key': key.keyFor(kept) } },
          body: kept,
        }),
      ),
    onSuccess: refreshed,
  });
  const remove = useMutation({
    mutationFn: ({ id, version }: ReasonTemplate) =>
      body(
        client.DELETE('/api/v1/reason-templates/{id}', {
          params: { path: { id }, header: { 'If-Match': `"${version}"` } },
        }),
      ),
    onSettled: refreshed,
  });
  const keep = (kept: Kept) =>
    send(async () => {
      await add.mutateAsync(kept);
      form.setFieldValue('text', '');
      void message.success(t('reasons.kept'));
    });
  return (
    <>
      <Panel title={t('reasons.add')}>
        <Form form={form} layout="vertical" onFinish={(kept) => void keep(kept)} disabled={busy}>
          <Form.Item
            name="kind"
            label={t('reasons.kind')}
            rules={[{ required: true, message: t('reasons.kindRequired') }]}
          >
            <Select options={KINDS.map((kind) => ({ value: kind, label: t(`reasons.kinds.${kind}`) }))} />
          </Form.Item>
          <Form.Item
            name="text"
            label={t('reasons.text')}
            rules={[{ required: true, whitespace: true, message: t('reason.required') }]}
          >
            <Input.TextArea rows={2} {...limit(500)} />
          </Form.Item>
          <ProblemAlert error={error} fields={left} />
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('reasons.keep')}
          </Button>
        </Form>
      </Panel>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={4} />}
      {query.data?.items.length === 0 && <Empty title={t('reasons.empty')}>{t('reasons.emptyHint')}</Empty>}
      {query.data && query.data.items.length > 0 && (
        <DataTable
          caption={t('reasons.title')}
          rows={[...query.data.items].sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind))}
          rowKey={(each) => each.id}
          columns={[
            { key: 'text', title: t('reasons.text'), heading: true, render: (each) => each.text },
            { key: 'kind', title: t('reasons.kind'), render: (each) => t(`reasons.kinds.${each.kind}`) },
            { key: 'by', title: t('desk.namesBy'), render: (each) => each.createdBy.name },
            { key: 'at', title: t('reasons.at'), render: (each) => <When at={each.createdAt} /> },
            {
              key: 'act',
              title: t('common.remove'),
              render: (each) => (
                <Button size="small" danger onClick={() => setGone(each)}>
                  {t('common.remove')}
                </Button>
              ),
            },
          ]}
        />
      )}
      {gone && (
        <ConfirmDialog
          title={t('reasons.remove')}
          confirm={t('common.remove')}
          danger
          onClose={() => setGone(null)}
          onConfirm={() => remove.mutateAsync(gone)}
        >
          <p>{gone.text}</p>
          <p className="hint">{t('reasons.removeHint')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
