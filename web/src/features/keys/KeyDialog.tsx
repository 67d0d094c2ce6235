import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Checkbox, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body, client, mergePatchBody } from '@/api/client';
import { isProblem } from 'pipeline-client';
import type { ApiKey, ApiKeyInput } from '@/api/types';
import { DateInput } from '@/shared/DateInput';
import { endOfDay, formatInstant, today } from '@/shared/dates';
import { FormDialog } from '@/shared/FormDialog';
import { JurisdictionSelect } from '@/shared/JurisdictionSelect';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useIdempotencyKey } from '@/shared/submission';
import { useDialogForm } from '@/shared/useDialogForm';
import { KeySecret } from './KeySecret';
import { keyQuery } from './queries';
import { needsUnit, SCOPES } from './scopes';
import { limit } from '@/shared/limit';

interface Values {
  name: string;
  scopes: string[];
  jurisdictionId?: string;
  expiresAt?: string;
}

function valuesOf(key: ApiKey): Values {
  return {
    name: key.name,
    scopes: key.scopes,
    jurisdictionId: key.jurisdiction?.id,
    expiresAt: key.expiresAt && formatInstant(key.expiresAt, 'day'),
  };
}

/** A new key, or what an existing one is for. */
export function KeyDialog({ apiKey, onClose }: { apiKey?: ApiKey; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const key = useIdempotencyKey();
  const { busy, error, left, send } = useDialogForm(form);
  const scopes = Form.useWatch('scopes', form);
  const current = useQuery({ ...keyQuery(apiKey?.id ?? ''), enabled: apiKey !== undefined });
  const [made, setMade] = useState<ApiKey | null>(null);

  const save = (values: Values) =>
    send(async () => {
      const expiresAt = values.expiresAt && endOfDay(values.expiresAt);
      if (!apiKey) {
        const input = { ...values, expiresAt };
        setMade(
          await body(
            client.POST('/api/v1/api-keys', {
              params: { header: { 'Idempotency-Key': key.keyFor(input) } },
              body: input,
            }),
          ),
        );
        await queries.invalidateQueries({ queryKey: ['api-keys'] });
        return;
      }
      const before = valuesOf(apiKey);
      const patch: { [Member in keyof ApiKeyInput]?: ApiKeyInput[Member] | null } = {};
      if (values.name !== before.name) patch.name = values.name;
      if ([...values.scopes].sort().join() !== [...before.scopes].sort().join()) patch.scopes = values.scopes;
      if (values.jurisdictionId !== before.jurisdictionId) patch.jurisdictionId = values.jurisdictionId ?? null;
      if (values.expiresAt !== before.expiresAt) patch.expiresAt = expiresAt ?? null;
      try {
        await body(
          client.PATCH('/api/v1/api-keys/{id}', {
            params: { path: { id: apiKey.id }, header: { 'If-Match': current.data?.etag ?? '' } },
            body: mergePatchBody<ApiKeyInput>(patch),
            headers: { 'Content-Type': 'application/merge-patch+json' },
          }),
        );
      } catch (problem) {
        if (isProblem(problem, 'precondition-failed')) await current.refetch();
        throw problem;
      }
      await queries.invalidateQueries({ queryKey: ['api-keys'] });
      message.success(t('keys.saved'));
      onClose();
    });

  if (made) return <KeySecret apiKey={made} onClose={onClose} />;
  return (
    <FormDialog
      form={form}
      title={apiKey ? t('keys.editOf', { name: apiKey.name }) : t('keys.add')}
      action={apiKey ? t('keys.save') : t('keys.create')}
      busy={busy}
      disabled={apiKey !== undefined && !current.data}
      onClose={onClose}
    >
      <ProblemAlert error={error ?? current.error} fields={left}>
        {isProblem(error, 'precondition-failed') && <p>{t('stale.again')}</p>}
      </ProblemAlert>
      <Form
        form={form}
        name="api-key"
        layout="vertical"
        initialValues={apiKey ? valuesOf(apiKey) : { scopes: [] }}
        onFinish={(values) => void save(values)}
      >
        <Form.Item
          name="name"
          label={t('keys.name')}
          extra={t('keys.nameHint')}
          rules={[{ required: true, whitespace: true, message: t('keys.nameRequired') }]}
        >
          <Input {...limit(100)} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="scopes"
          label={t('keys.scopes')}
          rules={[{ required: true, message: t('keys.scopesRequired') }]}
        >
          <ScopeChoice />
        </Form.Item>
        <Form.Item
          name="jurisdictionId"
          label={t('keys.unit')}
          extra={t('keys.unitHint')}
          rules={[{ required: needsUnit(scopes), message: t('keys.unitRequired') }]}
        >
          <JurisdictionSelect placeholder={t('keys.noUnit')} />
        </Form.Item>
        <Form.Item name="expiresAt" label={t('keys.expiresOn')} extra={t('keys.expiresHint')}>
          <DateInput min={apiKey ? undefined : today()} />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}

/** What a key may do. Of what the form hands down, a group may not say that it is required; its label does. */
function ScopeChoice({ value, onChange }: { value?: string[]; onChange?: (value: string[]) => void }) {
  const { t } = useTranslation();
  return (
    <Checkbox.Group className="scope-choice" aria-label={t('keys.scopes')} value={value} onChange={onChange}>
      {SCOPES.map(({ scope, text }) => (
        <Checkbox key={scope} value={scope}>
          <strong>{t(`scope.${text}`)}</strong> <code>{scope}</code>
          <span className="hint">{t(`scopeText.${text}`)}</span>
        </Checkbox>
      ))}
    </Checkbox.Group>
  );
}
