import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body, client, mergePatchBody, tagged } from '@/api/client';
import type { FieldErrors } from 'pipeline-client';
import type { Jurisdiction, JurisdictionInput, JurisdictionKind } from '@/api/types';
import { FormDialog } from '@/shared/FormDialog';
import { DataTable, type Column } from '@/shared/DataTable';
import { placeFieldErrors } from '@/shared/fieldErrors';
import { useLanguage } from '@/shared/i18n';
import { JurisdictionSelect } from '@/shared/JurisdictionSelect';
import { Loading, Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { jurisdictionsQuery, useCan } from '@/shared/queries';
import { useIdempotencyKey } from '@/shared/submission';
import { unitName } from '@/shared/units';
import { limit } from '@/shared/limit';

const KINDS: readonly JurisdictionKind[] = ['centre', 'county', 'district', 'city', 'zone', 'office', 'department'];

export function JurisdictionsPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const can = useCan();
  const query = useQuery(jurisdictionsQuery);
  const [editing, setEditing] = useState<Jurisdiction | 'new' | null>(null);
  const name = (each: Jurisdiction | undefined) => (each ? unitName(each, language) : '');
  const yesNo = (value: boolean | undefined) => (value ? t('common.yes') : t('common.no'));
  const columns: Column<Jurisdiction>[] = [
    { key: 'name', title: t('jurisdictions.name'), heading: true, render: (each) => <strong>{name(each)}</strong> },
    { key: 'code', title: t('jurisdictions.code'), render: (each) => <code>{each.code}</code> },
    { key: 'kind', title: t('jurisdictions.kind'), render: (each) => t(`jurisdictionKind.${each.kind}`) },
    {
      key: 'parent',
      title: t('jurisdictions.parent'),
      render: (each) =>
        name(query.data?.find((other) => other.id === each.parentId)) || (
          <span className="muted">{t('common.none')}</span>
        ),
    },
    { key: 'reports', title: t('jurisdictions.reports'), render: (each) => yesNo(each.reports) },
    { key: 'zone', title: t('jurisdictions.provincialZone'), render: (each) => yesNo(each.provincialZone) },
    { key: 'active', title: t('jurisdictions.active'), render: (each) => yesNo(each.active) },
  ];
  if (can('manage-jurisdictions')) {
    columns.push({
      key: 'edit',
      title: t('jurisdictions.change'),
      render: (each) => (
        <Button
          size="small"
          aria-label={t('jurisdictions.editOf', { name: name(each) })}
          onClick={() => setEditing(each)}
        >
          {t('jurisdictions.edit')}
        </Button>
      ),
    });
  }
  return (
    <Page
      title={t('jurisdictions.title')}
      lead={t('jurisdictions.lead')}
      actions={
        can('manage-jurisdictions') ? (
          <Button type="primary" onClick={() => setEditing('new')}>
            {t('jurisdictions.add')}
          </Button>
        ) : undefined
      }
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={8} />}
      {query.data && (
        <DataTable caption={t('jurisdictions.title')} columns={columns} rows={query.data} rowKey={(each) => each.id} />
      )}
      {editing && <JurisdictionDialog each={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </Page>
  );
}

type Values = Pick<
  Jurisdiction,
  'code' | 'name' | 'nameEn' | 'kind' | 'reports' | 'provincialZone' | 'active' | 'aliases'
> & { parentId?: string };

const jurisdictionQuery = (id: string) =>
  queryOptions({
    queryKey: ['jurisdictions', id],
    queryFn: () => tagged(client.GET('/api/v1/jurisdictions/{id}', { params: { path: { id } } })),
    staleTime: 0,
  });

function JurisdictionDialog({ each, onClose }: { each: Jurisdiction | null; onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const key = useIdempotencyKey();
  const [left, setLeft] = useState<FieldErrors>({});
  const current = useQuery({ ...jurisdictionQuery(each?.id ?? ''), enabled: each !== null });
  const save = useMutation({
    mutationFn: (values: Values) => {
      if (!each)
        return body(
          client.POST('/api/v1/jurisdictions', {
            params: { header: { 'Idempotency-Key': key.keyFor(values) } },
            body: values,
          }),
        );
      const { code: _code, ...changed } = values;
      const patch = mergePatchBody<JurisdictionInput>({
        ...changed,
        nameEn: values.nameEn || null,
        parentId: values.parentId ?? null,
      });
      return body(
        client.PATCH('/api/v1/jurisdictions/{id}', {
          params: { path: { id: each.id }, header: { 'If-Match': current.data?.etag ?? '' } },
          body: patch,
          headers: { 'Content-Type': 'application/merge-patch+json' },
        }),
      );
    },
    onSuccess: () => {
      message.success(t('jurisdictions.saved'));
      onClose();
      return queries.invalidateQueries({ queryKey: ['jurisdictions'] });
    },
    onError: (error) => setLeft(placeFieldErrors(form, error)),
  });
  const initial: Partial<Values> = each
    ? { ...each, parentId: each.parentId ?? undefined }
    : { kind: 'county', reports: true, provincialZone: false, active: true, aliases: [] };

  return (
    <FormDialog
      form={form}
      title={each ? t('jurisdictions.editOf', { name: unitName(each, language) }) : t('jurisdictions.add')}
      action={t('jurisdictions.save')}
      busy={save.isPending}
      disabled={each !== null && !current.data}
      onClose={onClose}
    >
      <ProblemAlert error={save.error ?? current.error} fields={left} />
      <Form
        form={form}
        name="jurisdiction"
        layout="vertical"
        initialValues={initial}
        onFinish={() => save.mutate(form.getFieldsValue())}
      >
        <Form.Item
          name="code"
          label={t('jurisdictions.code')}
          rules={[{ required: true, message: t('jurisdictions.codeRequired') }]}
        >
          <Input disabled={each !== null} {...limit(40)} />
        </Form.Item>
        <Form.Item
          name="name"
          label={t('jurisdictions.name')}
          rules={[{ required: true, whitespace: true, message: t('jurisdictions.nameRequired') }]}
        >
          <Input {...limit(100)} />
        </Form.Item>
        <Form.Item name="nameEn" label={t('jurisdictions.nameEn')}>
          <Input {...limit(100)} />
        </Form.Item>
        <Form.Item name="kind" label={t('jurisdictions.kind')}>
          <Select options={KINDS.map((kind) => ({ value: kind, label: t(`jurisdictionKind.${kind}`) }))} />
        </Form.Item>
        <Form.Item name="parentId" label={t('jurisdictions.parent')}>
          <JurisdictionSelect placeholder={t('jurisdictions.noParent')} />
        </Form.Item>
        <Form.Item name="aliases" label={t('jurisdictions.aliases')} extra={t('jurisdictions.aliasesHint')}>
          <Select mode="tags" open={false} suffixIcon={null} />
        </Form.Item>
        <Form.Item name="reports" valuePropName="checked">
          <Checkbox>{t('jurisdictions.reports')}</Checkbox>
        </Form.Item>
        <Form.Item name="provincialZone" valuePropName="checked">
          <Checkbox>{t('jurisdictions.provincialZone')}</Checkbox>
        </Form.Item>
        <Form.Item name="active" valuePropName="checked">
          <Checkbox>{t('jurisdictions.active')}</Checkbox>
        </Form.Item>
      </Form>
    </FormDialog>
  );
}
