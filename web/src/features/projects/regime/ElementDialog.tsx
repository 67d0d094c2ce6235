import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import type { Elements, Project } from '@/api/types';
import { DateInput } from '@/shared/DateInput';
import { today } from '@/shared/dates';
import { FormDialog } from '@/shared/FormDialog';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useDialogForm } from '@/shared/useDialogForm';
import { limit } from '@/shared/limit';

type Kind = Elements['elements'][number]['kind'];
type Zone = 'yes' | 'no' | 'unknown';

interface Values {
  emissionNeed?: number | null;
  grants?: { kind: Kind; amount?: number | null; grantedOn?: string; zone: Zone; paper?: string }[];
}

const KINDS: readonly Kind[] = ['land', 'energy', 'emission'];
const ZONES: readonly Zone[] = ['yes', 'no', 'unknown'];

/** Records what a project was granted, all of it at once. */
export function ElementDialog({
  project,
  elements,
  onClose,
}: {
  project: Project;
  elements: Elements;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const { busy, error, left, send } = useDialogForm(form);
  const submit = (values: Values) =>
    send(async () => {
      await body(
        client.PUT('/api/v1/projects/{id}/elements', {
          params: { path: { id: project.id }, header: { 'If-Match': `"${elements.version}"` } },
          body: {
            emissionNeed: values.emissionNeed ?? undefined,
            grants: (values.grants ?? []).map((grant) => ({
              kind: grant.kind,
              amount: grant.amount ?? undefined,
              grantedOn: grant.grantedOn || undefined,
              provincialZone: grant.zone === 'unknown' ? undefined : grant.zone === 'yes',
              paper: grant.paper?.trim(),
            })),
          },
        }),
      );
      message.success(t('elements.recorded'));
      await queries.invalidateQueries({ queryKey: ['projects', project.id] });
      onClose();
    });
  const required = [{ required: true, message: t('elements.required') }];
  return (
    <FormDialog
      form={form}
      title={t('elements.record')}
      action={t('elements.save')}
      width={720}
      busy={busy}
      onClose={onClose}
    >
      <ProblemAlert error={error} fields={left} />
      <Form<Values>
        form={form}
        name="elements"
        layout="vertical"
        requiredMark={false}
        initialValues={{
          emissionNeed: elements.emissionNeed,
          grants: elements.grants.map((grant) => ({
            kind: grant.kind,
            amount: grant.amount,
            grantedOn: grant.grantedOn,
            zone: grant.provincialZone === undefined ? 'unknown' : grant.provincialZone ? 'yes' : 'no',
            paper: grant.paper,
          })),
        }}
        onFinish={(values) => void submit(values)}
      >
        <p className="hint">{t('elements.needsAreFacts')}</p>
        <Form.Item name="emissionNeed" label={t('elements.emissionNeed')}>
          <InputNumber min={0.001} max={1_000_000_000_000} />
        </Form.Item>
        <Form.List name="grants">
          {(fields, { add, remove }) => (
            <>
              {fields.map((field, at) => (
                <fieldset key={field.key} className="element-grant">
                  <legend>{t('elements.grantNumber', { number: at + 1 })}</legend>
                  <Form.Item name={[field.name, 'kind']} label={t('elements.element')} rules={required}>
                    <Select options={KINDS.map((kind) => ({ value: kind, label: t(`elements.kindUnit.${kind}`) }))} />
                  </Form.Item>
                  <Form.Item name={[field.name, 'amount']} label={t('elements.amountLabel')} rules={required}>
                    <InputNumber min={0.001} max={1_000_000_000_000} style={{ width: '100%' }} />
                  </Form.Item>
                  <Form.Item name={[field.name, 'grantedOn']} label={t('elements.grantedOn')} rules={required}>
                    <DateInput max={today()} />
                  </Form.Item>
                  <Form.Item name={[field.name, 'zone']} label={t('elements.zone')}>
                    <Select options={ZONES.map((zone) => ({ value: zone, label: t(`elements.zoneOf.${zone}`) }))} />
                  </Form.Item>
                  <Form.Item
                    name={[field.name, 'paper']}
                    label={t('elements.paper')}
                    rules={[{ required: true, whitespace: true, message: t('elements.required') }]}
                  >
                    <Input {...limit(200)} />
                  </Form.Item>
                  <Button
                    size="small"
                    aria-label={t('elements.removeGrant', { number: at + 1 })}
                    onClick={() => remove(field.name)}
                  >
                    {t('elements.remove')}
                  </Button>
                </fieldset>
              ))}
              <Button onClick={() => add({ kind: 'land', zone: 'unknown' })}>{t('elements.addGrant')}</Button>
            </>
          )}
        </Form.List>
      </Form>
    </FormDialog>
  );
}
