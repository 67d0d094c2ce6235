import { useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { body, client, mergePatchBody } from '@/api/client';
import type { LibraryEntry, Money } from '@/api/types';
import { useMoneyText } from '@/shared/Amount';
import { AmountInput } from '@/shared/AmountInput';
import { CountrySelect } from '@/shared/CountrySelect';
import { DateInput } from '@/shared/DateInput';
import { today } from '@/shared/dates';
import { FormDialog } from '@/shared/FormDialog';
import { useCodeText } from '@/shared/i18n';
import { JurisdictionSelect } from '@/shared/JurisdictionSelect';
import { amountToMoney, isAmount, moneyToAmount, type AmountText } from '@/shared/money';
import { PeopleFields } from '@/shared/PeopleFields';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useMe } from '@/shared/queries';
import { newKey } from '@/shared/submission';
import { useDialogForm } from '@/shared/useDialogForm';
import { DETAILS, type Detail, type Library } from './libraries';
import { entryOf, listOf } from './queries';

interface Values {
  name: string;
  uscc?: string;
  tags?: string[];
  chain?: string;
  keeperId?: string;
  visibility: 'city' | 'unit';
  note?: string;
  contacts?: { name?: string; title?: string; phone?: string; email?: string }[];
  details?: Record<string, unknown>;
}

/** Enters something in a library, or changes what stands there. */
export function EntryForm({
  library,
  entry,
  onClose,
  onSaved,
}: {
  library: Library;
  entry?: { value: LibraryEntry; etag: string };
  onClose: () => void;
  onSaved: (id: string) => void;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const me = useMe();
  const money = useMoneyText();
  const [form] = Form.useForm<Values>();
  const { busy, error, left, send } = useDialogForm(form);
  const details = DETAILS[library];
  const before = entry?.value;
  const submit = (values: Values) =>
    send(async () => {
      const typed = {
        name: values.name.trim(),
        uscc: values.uscc?.trim() || null,
        tags: values.tags ?? [],
        chain: values.chain?.trim() || null,
        keeperId: values.keeperId ?? null,
        visibility: values.visibility,
        note: values.note?.trim() || null,
        contacts: (values.contacts ?? []).map((person) => ({
          name: person.name ?? '',
          title: person.title || undefined,
          phone: person.phone || undefined,
          email: person.email || undefined,
        })),
        details: Object.fromEntries(
          details.map((detail) => [detail.name, sent(detail, values.details?.[detail.name]) ?? null]),
        ),
      };
      const made = entry
        ? await body(
            client.PATCH(entryOf(library), {
              params: { path: { id: entry.value.id }, header: { 'If-Match': entry.etag } },
              body: mergePatchBody(typed) as never,
            }),
          )
        : await body(
            client.POST(listOf(library), {
              params: { header: { 'Idempotency-Key': newKey() } },
              body: typed as never,
            }),
          );
      message.success(t('libraries.saved'));
      await queries.invalidateQueries({ queryKey: ['libraries', library] });
      onSaved(made.id);
    });
  return (
    <FormDialog
      form={form}
      title={before ? t('libraries.editOf', { name: before.name }) : t(`libraries.enterOf.${library}`)}
      action={t('libraries.save')}
      width={720}
      busy={busy}
      onClose={onClose}
    >
      <ProblemAlert error={error} fields={left} />
      <Form<Values>
        form={form}
        name="entry"
        layout="vertical"
        requiredMark={false}
        initialValues={{
          name: before?.name,
          uscc: before?.uscc,
          tags: before?.tags,
          chain: before?.chain,
          keeperId: before ? before.keeper?.id : undefined,
          visibility: before?.visibility ?? 'city',
          note: before?.note,
          contacts: before?.contacts,
          details: Object.fromEntries(
            details.map((detail) => [
              detail.name,
              detail.shape === 'money'
                ? moneyToAmount(before?.details[detail.name] as Money | undefined, money.powers)
                : before?.details[detail.name],
            ]),
          ),
        }}
        onFinish={(values) => void submit(values)}
      >
        <div className="form-grid">
          <Form.Item
            name="name"
            label={t(library === 'experts' ? 'libraries.personName' : 'libraries.name')}
            rules={[{ required: true, whitespace: true, message: t('libraries.nameRequired') }]}
          >
            <Input maxLength={200} autoComplete="off" />
          </Form.Item>
          {library !== 'experts' && (
            <Form.Item name="uscc" label={t('libraries.uscc')}>
              <Input maxLength={30} autoComplete="off" className="num" />
            </Form.Item>
          )}
          {details.map((detail) => (
            <DetailField key={detail.name} detail={detail} />
          ))}
          <Form.Item name="chain" label={t('libraries.chain')}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="tags" label={t('libraries.tags')} extra={t('libraries.tagsHint')}>
            <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', '，', '、']} maxCount={20} />
          </Form.Item>
          {!me?.jurisdiction || me.role === 'coordinator' ? (
            <Form.Item name="keeperId" label={t('libraries.keeper')}>
              <JurisdictionSelect placeholder={t('libraries.centre')} />
            </Form.Item>
          ) : null}
          <Form.Item name="visibility" label={t('libraries.visibility')}>
            <Radio.Group
              options={(['city', 'unit'] as const).map((each) => ({
                value: each,
                label: t(`libraries.visibilityOf.${each}`),
              }))}
            />
          </Form.Item>
          <Form.Item className="span-2" name="note" label={t('libraries.note')}>
            <Input.TextArea rows={2} maxLength={2000} />
          </Form.Item>
        </div>
        <h3>{t('libraries.contacts')}</h3>
        <p className="hint">{t('libraries.contactsHint')}</p>
        <PeopleFields name="contacts" />
      </Form>
    </FormDialog>
  );
}

function DetailField({ detail }: { detail: Detail }) {
  const { t } = useTranslation();
  const code = useCodeText();
  const label = t(`libraries.detail.${detail.name}`);
  const name = ['details', detail.name];
  switch (detail.shape) {
    case 'money':
      return (
        <Form.Item
          name={name}
          label={label}
          rules={[
            {
              validator: (_, value: AmountText | undefined) =>
                !value?.text.trim() || isAmount(value)
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('libraries.amountWrong'))),
            },
          ]}
        >
          <AmountInput label={label} />
        </Form.Item>
      );
    case 'day':
      return (
        <Form.Item name={name} label={label}>
          <DateInput max={today()} />
        </Form.Item>
      );
    case 'country':
      return (
        <Form.Item name={name} label={label}>
          <CountrySelect />
        </Form.Item>
      );
    case 'choice':
    case 'choices':
      return (
        <Form.Item name={name} label={label}>
          <Select
            allowClear
            mode={detail.shape === 'choices' ? 'multiple' : undefined}
            options={detail.choices.map((value) => ({ value, label: code('libraries.word', value) }))}
          />
        </Form.Item>
      );
    case 'number':
      return (
        <Form.Item name={name} label={label}>
          <Input inputMode="decimal" className="num" />
        </Form.Item>
      );
    default:
      return (
        <Form.Item name={name} label={label}>
          <Input maxLength={detail.max} />
        </Form.Item>
      );
  }
}

/** What is sent of a field that was typed; null where nothing was. */
function sent(detail: Detail, value: unknown): unknown {
  if (value === undefined || value === null || value === '') return null;
  if (detail.shape === 'money') return amountToMoney(value as AmountText) ?? null;
  if (detail.shape === 'number') return Number.isFinite(Number(value)) ? Number(value) : value;
  return value;
}
