import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { body, client } from '@/api/client';
import type { ExtraMethod, ScoreMethod, ScoreModel, ScoreModelBody, ScoreSource } from '@/api/types';
import { useLanguage } from '@/shared/i18n';
import { LinkButton } from '@/shared/LinkButton';
import { Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { jurisdictionsQuery } from '@/shared/queries';
import { newKey } from '@/shared/submission';
import { useUnitName } from '@/shared/units';
import { useDialogForm } from '@/shared/useDialogForm';
import { indicatorName } from '@/shared/figures';
import { indicatorsQuery } from './queries';
import { limit } from '@/shared/limit';

export type ModelValues = ScoreModelBody;

const METHODS: readonly ScoreMethod[] = [
  'linear',
  'mixed',
  'efficacy',
  'relative',
  'shortfall',
  'deduct',
  'points',
  'steps',
  'manual',
];
const BONUSES: readonly ExtraMethod[] = ['projects', 'counted', 'manual'];
const DEDUCTIONS: readonly ExtraMethod[] = ['counted', 'manual'];

type Method = ScoreMethod | ExtraMethod;

/** How many indicators a method takes at most, and whether each has its marks. */
const takes = (method: Method | undefined): { most: number; each: boolean } =>
  method === 'manual'
    ? { most: 0, each: false }
    : method === 'mixed'
      ? { most: 2, each: false }
      : method === 'shortfall' || method === 'deduct' || method === 'points' || method === 'counted'
        ? { most: 20, each: true }
        : { most: 1, each: false };

/** What a method does not know is left out of what is sent. */
function tidied(values: ModelValues): ScoreModelBody {
  const sources = (of: { method?: Method; sources?: ScoreSource[] }) => {
    const { most, each } = takes(of.method);
    return (of.sources ?? [])
      .slice(0, most)
      .map((source) => (each ? { ...source, per: source.per ?? undefined } : { indicator: source.indicator }));
  };
  const english = (text: string | undefined) => text?.trim() || undefined;
  return {
    ...values,
    nameEn: english(values.nameEn),
    groups: (values.groups ?? []).map((group) => ({ ...group, nameEn: english(group.nameEn) })),
    items: (values.items ?? []).map((item) => ({
      ...item,
      nameEn: english(item.nameEn),
      sources: sources(item),
      cap: item.method === 'linear' || item.method === 'mixed' ? (item.cap ?? undefined) : undefined,
      firstShare: item.method === 'mixed' ? item.firstShare : undefined,
      steps: item.method === 'steps' ? item.steps : [],
    })),
    bonuses: (values.bonuses ?? []).map((extra) => ({
      ...extra,
      nameEn: english(extra.nameEn),
      sources: sources(extra),
      brackets: extra.method === 'projects' ? extra.brackets : [],
      leastInvested: extra.method === 'projects' ? (extra.leastInvested ?? undefined) : undefined,
    })),
    deductions: (values.deductions ?? []).map((extra) => ({
      ...extra,
      nameEn: english(extra.nameEn),
      sources: sources(extra),
    })),
    outer: (values.outer ?? []).map((outer) => ({ ...outer, nameEn: english(outer.nameEn) })),
    binding: values.binding ?? [],
  };
}

/** A score model as a form; a refusal goes to the fields that it is about. */
export function ScoreModelForm({ from, draft }: { from: ModelValues; draft?: ScoreModel }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const unitName = useUnitName();
  const units = (useQuery(jurisdictionsQuery).data ?? []).filter((each) => each.reports && each.active);
  const [form] = Form.useForm<ModelValues>();
  const { busy, error, left, send } = useDialogForm(form);
  const submit = (values: ModelValues) =>
    send(async () => {
      const model = tidied(values);
      const saved = draft
        ? await body(
            client.PATCH('/api/v1/score-models/{id}', {
              params: { path: { id: draft.id }, header: { 'If-Match': `"${draft.version}"` } },
              body: { ...model, nameEn: model.nameEn ?? null } as never,
            }),
          )
        : await body(
            client.POST('/api/v1/score-models', {
              params: { header: { 'Idempotency-Key': newKey() } },
              body: model,
            }),
          );
      message.success(t('scoreModels.saved'));
      await queries.invalidateQueries({ queryKey: ['score-models'] });
      await navigate(`/score-models/${saved.id}`);
    });
  return (
    <Form<ModelValues>
      form={form}
      layout="vertical"
      requiredMark={false}
      scrollToFirstError
      initialValues={from}
      onFinish={(values) => void submit(values)}
    >
      <ProblemAlert error={error} fields={left} />
      <Panel>
        <div className="form-grid">
          <Named at={[]} />
          <Form.Item name="year" label={t('scoreModels.year')} rules={required(t)}>
            <InputNumber disabled={draft !== undefined} precision={0} />
          </Form.Item>
        </div>
      </Panel>
      <Rows name="groups" title={t('scoreModels.groups')}>
        {(at) => (
          <>
            <Named at={[at]} id />
            <Form.Item name={[at, 'units']} label={t('scoreModels.units')} rules={required(t)}>
              <Select
                mode="multiple"
                optionFilterProp="label"
                options={units.map((each) => ({ value: each.id, label: unitName(each) }))}
              />
            </Form.Item>
          </>
        )}
      </Rows>
      <Rows name="items" title={t('scoreModels.items')} first={{ method: 'linear', sources: [{}] }}>
        {(at) => (
          <>
            <Named at={[at]} id />
            <Amount at={[at, 'weight']} label={t('scoreModels.weight')} needed />
            <Methods at={at} methods={METHODS} />
            <Form.Item noStyle dependencies={[['items', at, 'method']]}>
              {({ getFieldValue }) => {
                const method = getFieldValue(['items', at, 'method']) as ScoreMethod | undefined;
                return (
                  <>
                    <Sources at={at} method={method} />
                    {(method === 'linear' || method === 'mixed') && (
                      <Amount at={[at, 'cap']} label={t('scoreModels.cap')} />
                    )}
                    {method === 'mixed' && (
                      <Amount at={[at, 'firstShare']} label={t('scoreModels.firstShare')} needed />
                    )}
                    {method === 'steps' && (
                      <Pairs
                        at={[at, 'steps']}
                        title={t('scoreModels.steps')}
                        fields={[
                          ['from', t('scoreModels.stepFrom')],
                          ['share', t('scoreModels.stepShare')],
                        ]}
                      />
                    )}
                  </>
                );
              }}
            </Form.Item>
          </>
        )}
      </Rows>
      {(['bonuses', 'deductions'] as const).map((list) => (
        <Rows key={list} name={list} title={t(`scoreModels.${list}`)} first={{ method: 'counted', sources: [{}] }}>
          {(at) => (
            <>
              <Named at={[at]} id />
              <Amount at={[at, 'cap']} label={t('scoreModels.most')} needed />
              <Methods at={at} methods={list === 'bonuses' ? BONUSES : DEDUCTIONS} />
              <Form.Item noStyle dependencies={[[list, at, 'method']]}>
                {({ getFieldValue }) => {
                  const method = getFieldValue([list, at, 'method']) as ExtraMethod | undefined;
                  return (
                    <>
                      <Sources at={at} method={method} />
                      {method === 'projects' && (
                        <>
                          <Amount at={[at, 'leastInvested']} label={t('scoreModels.leastInvested')} />
                          <Pairs
                            at={[at, 'brackets']}
                            title={t('scoreModels.brackets')}
                            fields={[
                              ['from', t('scoreModels.bracketFrom')],
                              ['points', t('scoreModels.points')],
                            ]}
                          />
                        </>
                      )}
                    </>
                  );
                }}
              </Form.Item>
            </>
          )}
        </Rows>
      ))}
      <Rows name="outer" title={t('scoreModels.outer')}>
        {(at) => (
          <>
            <Named at={[at]} />
            <Amount at={[at, 'weight']} label={t('scoreModels.share')} needed />
          </>
        )}
      </Rows>
      <Rows name="binding" title={t('scoreModels.binding')} hint={t('scoreModels.bindingHint')}>
        {(at) => (
          <>
            <Indicator at={[at, 'indicator']} />
            <Amount at={[at, 'weight']} label={t('scoreModels.weight')} needed />
          </>
        )}
      </Rows>
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('scoreModels.save')}
        </Button>
        <LinkButton to={draft ? `/score-models/${draft.id}` : '/score-models'}>{t('common.cancel')}</LinkButton>
      </div>
    </Form>
  );
}

const required = (t: (key: 'scoreModels.required') => string) => [
  { required: true, message: t('scoreModels.required') },
];

type Place = (string | number)[];

/** Name and English name; of what has one also the id. */
function Named({ at, id = false }: { at: Place; id?: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item name={[...at, 'name']} label={t('scoreModels.name')} rules={required(t)}>
        <Input {...limit(60)} />
      </Form.Item>
      <Form.Item name={[...at, 'nameEn']} label={t('scoreModels.nameEn')}>
        <Input {...limit(60)} />
      </Form.Item>
      {id && (
        <Form.Item name={[...at, 'id']} label={t('scoreModels.id')} extra={t('scoreModels.idHint')} rules={required(t)}>
          <Input {...limit(40)} />
        </Form.Item>
      )}
    </>
  );
}

function Amount({ at, label, hint, needed = false }: { at: Place; label: string; hint?: string; needed?: boolean }) {
  const { t } = useTranslation();
  return (
    <Form.Item name={at} label={label} extra={hint} rules={needed ? required(t) : undefined}>
      <InputNumber min={0} style={{ width: '100%' }} />
    </Form.Item>
  );
}

function Methods({ at, methods }: { at: number; methods: readonly Method[] }) {
  const { t } = useTranslation();
  return (
    <Form.Item name={[at, 'method']} label={t('scoreModels.method')} rules={required(t)}>
      <Select options={methods.map((each) => ({ value: each, label: t(`scoreModels.methodOf.${each}`) }))} />
    </Form.Item>
  );
}

function Indicator({ at }: { at: Place }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const indicators = (useQuery(indicatorsQuery).data ?? []).filter((each) => each.status === 'published');
  return (
    <Form.Item name={at} label={t('scoreModels.source')} rules={required(t)}>
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        options={indicators.map((each) => ({ value: each.id, label: indicatorName(each, language) }))}
      />
    </Form.Item>
  );
}

/** The indicators that an item is scored by: as many as its method takes. */
function Sources({ at, method }: { at: number; method?: Method }) {
  const { t } = useTranslation();
  const { most, each } = takes(method);
  if (most === 0) return null;
  if (!each)
    return Array.from({ length: most }, (_, index) => (
      <Indicator key={index} at={[at, 'sources', index, 'indicator']} />
    ));
  return (
    <Inner at={[at, 'sources']} title={t('scoreModels.source')}>
      {(index) => (
        <>
          <Indicator at={[index, 'indicator']} />
          <Amount at={[index, 'each']} label={t('scoreModels.each')} needed />
          <Amount at={[index, 'per']} label={t('scoreModels.per')} hint={t('scoreModels.perHint')} />
        </>
      )}
    </Inner>
  );
}

/** A table of two numbers a row. */
function Pairs({
  at,
  title,
  fields,
}: {
  at: Place;
  title: string;
  fields: [first: [name: string, label: string], second: [name: string, label: string]];
}) {
  return (
    <Inner at={at} title={title}>
      {(index) => fields.map(([name, label]) => <Amount key={name} at={[index, name]} label={label} needed />)}
    </Inner>
  );
}

/** A list within a row. */
function Inner({ at, title, children }: { at: Place; title: string; children: (at: number) => ReactNode }) {
  const { t } = useTranslation();
  return (
    <Form.List name={at}>
      {(fields, { add, remove }, { errors }) => (
        <div className="form-wide">
          {fields.map((field, i) => (
            <fieldset key={field.key} className="row-group">
              <legend>{t('scoreModels.nth', { what: title, n: i + 1 })}</legend>
              <div className="form-grid">{children(field.name)}</div>
              {fields.length > 1 && (
                <Remove what={t('scoreModels.nth', { what: title, n: i + 1 })} onClick={() => remove(field.name)} />
              )}
            </fieldset>
          ))}
          <Form.ErrorList errors={errors} />
          <Add what={title} onClick={() => add({})} />
        </div>
      )}
    </Form.List>
  );
}

/** A part of the model with its rows. */
function Rows({
  name,
  title,
  hint,
  first,
  children,
}: {
  name: 'groups' | 'items' | 'bonuses' | 'deductions' | 'outer' | 'binding';
  title: string;
  hint?: string;
  first?: object;
  children: (at: number) => ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <Panel title={title}>
      {hint && <p className="hint">{hint}</p>}
      <Form.List name={name}>
        {(fields, { add, remove }, { errors }) => (
          <>
            {fields.map((field, i) => (
              <fieldset key={field.key} className="row-group">
                <legend>{t('scoreModels.nth', { what: title, n: i + 1 })}</legend>
                <div className="form-grid">{children(field.name)}</div>
                <Remove what={t('scoreModels.nth', { what: title, n: i + 1 })} onClick={() => remove(field.name)} />
              </fieldset>
            ))}
            <Form.ErrorList errors={errors} />
            <Add what={title} onClick={() => add(first ?? {})} />
          </>
        )}
      </Form.List>
    </Panel>
  );
}

function Add({ what, onClick }: { what: string; onClick: () => void }) {
  const { t } = useTranslation();
  return (
    <Button icon={<PlusOutlined aria-hidden />} onClick={onClick}>
      {t('scoreModels.add', { what })}
    </Button>
  );
}

function Remove({ what, onClick }: { what: string; onClick: () => void }) {
  const { t } = useTranslation();
  return (
    <Button
      type="text"
      icon={<DeleteOutlined aria-hidden />}
      aria-label={t('scoreModels.remove', { what })}
      onClick={onClick}
    >
      {t('scoreModels.remove', { what })}
    </Button>
  );
}
