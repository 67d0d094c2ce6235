import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import type { Indicator, IndicatorBody, Trial } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { useLanguage } from '@/shared/i18n';
import { FormDialog } from '@/shared/FormDialog';
import { Loading, Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { ConfirmDialog } from '@/shared/ConfirmDialog';
import { ReasonDialog } from '@/shared/ReasonDialog';
import { newKey } from '@/shared/submission';
import { useDialogForm } from '@/shared/useDialogForm';
import { Day } from '@/shared/When';
import { indicatorName, useValueText } from '@/shared/figures';
import { indicatorsQuery } from './queries';
import { SubjectLink } from './SubjectLink';
import './boards.css';
import { limit } from '@/shared/limit';

/** What units are judged by: the built-in indicators, and those that the centre defines, tries and publishes. */
export function IndicatorsPage() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const language = useLanguage();
  const can = useCan();
  const queries = useQueryClient();
  const query = useQuery(indicatorsQuery);
  const [edited, setEdited] = useState<Indicator | 'new'>();
  const [retired, setRetired] = useState<Indicator>();
  const [counted, setCounted] = useState<Indicator>();
  const refresh = () =>
    Promise.all(['indicators', 'boards', 'targets'].map((each) => queries.invalidateQueries({ queryKey: [each] })));
  const publish = useMutation({
    mutationFn: (indicator: Indicator) =>
      body(
        client.POST('/api/v1/indicators/{indicator}/publish', {
          params: {
            path: { indicator: indicator.id },
            header: { 'If-Match': `"${indicator.version}"`, 'Idempotency-Key': newKey() },
          },
        }),
      ),
    onSuccess: async () => {
      message.success(t('indicators.publishedNow'));
      await refresh();
    },
  });
  return (
    <Page
      title={t('indicators.title')}
      lead={t('indicators.lead')}
      wide
      actions={
        can('draft-indicator') && (
          <Button type="primary" onClick={() => setEdited('new')}>
            {t('indicators.define')}
          </Button>
        )
      }
    >
      <ProblemAlert error={query.error ?? publish.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={8} />}
      {query.data && (
        <DataTable<Indicator>
          caption={t('indicators.title')}
          rows={query.data}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'name',
              title: t('indicators.name'),
              heading: true,
              render: (row) => (
                <>
                  {indicatorName(row, language)} <span className="hint">{row.id}</span>
                </>
              ),
            },
            { key: 'unit', title: t('indicators.unit'), render: (row) => t(`indicators.unitOf.${row.unit}`) },
            { key: 'source', title: t('indicators.source'), render: (row) => t(`indicators.sourceOf.${row.source}`) },
            {
              key: 'filter',
              title: t('indicators.filter'),
              render: (row) =>
                row.filter ? (
                  <code>{row.part ? `${row.filter} · ${t('figure.part')} ${row.part}` : row.filter}</code>
                ) : (
                  <span className="hint">{t('indicators.stated')}</span>
                ),
            },
            {
              key: 'status',
              title: t('indicators.status'),
              render: (row) => (
                <span className="nowrap">
                  {row.builtIn ? t('indicators.builtIn') : t(`indicators.statusOf.${row.status}`)}
                </span>
              ),
            },
            ...(can('draft-indicator')
              ? [
                  {
                    key: 'actions',
                    title: t('boards.actions'),
                    render: (row: Indicator) => (
                      <span className="board-place">
                        {row.countedForm && (
                          <Button size="small" onClick={() => setCounted(row)}>
                            {t('indicators.count')}
                          </Button>
                        )}
                        {row.allowedActions.includes('edit') && (
                          <Button size="small" onClick={() => setEdited(row)}>
                            {t('indicators.edit')}
                          </Button>
                        )}
                        {row.allowedActions.includes('publish') && (
                          <Button size="small" loading={publish.isPending} onClick={() => publish.mutate(row)}>
                            {t('indicators.publish')}
                          </Button>
                        )}
                        {row.allowedActions.includes('retire') && (
                          <Button size="small" danger onClick={() => setRetired(row)}>
                            {t('indicators.retire')}
                          </Button>
                        )}
                      </span>
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
      {edited && (
        <IndicatorDialog
          indicator={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(undefined)}
          onSaved={refresh}
        />
      )}
      {counted?.countedForm && (
        <ConfirmDialog
          title={t('indicators.count')}
          confirm={t('indicators.count')}
          onClose={() => setCounted(undefined)}
          onConfirm={async () => {
            if (!counted.countedForm) return;
            await body(
              client.POST('/api/v1/indicators', {
                params: { header: { 'Idempotency-Key': newKey() } },
                body: counted.countedForm,
              }),
            );
            message.success(t('indicators.counted'));
            await refresh();
          }}
        >
          <p>{t('indicators.countText', { filter: counted.countedForm.filter })}</p>
        </ConfirmDialog>
      )}
      <ReasonDialog
        open={retired !== undefined}
        title={t('indicators.retire')}
        confirm={t('indicators.retire')}
        danger
        onClose={() => setRetired(undefined)}
        onConfirm={async (reason) => {
          if (!retired) return;
          await body(
            client.POST('/api/v1/indicators/{indicator}/retire', {
              params: {
                path: { indicator: retired.id },
                header: { 'If-Match': `"${retired.version}"`, 'Idempotency-Key': newKey() },
              },
              body: { reason },
            }),
          );
          message.success(t('indicators.retiredNow'));
          await refresh();
        }}
      >
        <p>{t('indicators.retireText')}</p>
      </ReasonDialog>
    </Page>
  );
}

const UNITS = ['projects', 'cny', 'usd', 'share', 'items'] as const;
const SOURCES = [
  'credit',
  'moves',
  'capital',
  'statistics',
  'funds',
  'libraries',
  'events',
  'financing',
  'manual',
] as const;
const AGGREGATES = ['count', 'sum', 'ratio'] as const;

/** Defines an indicator: tried on the current year before it is saved as a draft. */
function IndicatorDialog({
  indicator,
  onClose,
  onSaved,
}: {
  indicator?: Indicator;
  onClose: () => void;
  onSaved: () => Promise<unknown>;
}) {
  const { t } = useTranslation();
  const valueText = useValueText();
  const { message } = App.useApp();
  const [form] = Form.useForm<IndicatorBody>();
  const { busy, error, left, send } = useDialogForm(form);
  const [trial, setTrial] = useState<Trial>();
  const aggregate = Form.useWatch('aggregate', form);
  const unit = Form.useWatch('unit', form) ?? 'projects';
  const definition = (): IndicatorBody => {
    const values = form.getFieldsValue();
    return Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, value === '' ? undefined : value]),
    ) as IndicatorBody;
  };
  const attempt = () =>
    send(async () => {
      setTrial(undefined);
      setTrial(
        await body(
          client.POST('/api/v1/indicators/try', {
            params: { header: { 'Idempotency-Key': newKey() } },
            body: { definition: definition() },
          }),
        ),
      );
    }, 'definition');
  const save = () =>
    send(async () => {
      const wanted = definition();
      if (indicator)
        await body(
          client.PATCH('/api/v1/indicators/{indicator}', {
            params: { path: { indicator: indicator.id }, header: { 'If-Match': `"${indicator.version}"` } },
            body: { ...wanted, filter: wanted.filter ?? null, part: wanted.part ?? null } as never,
          }),
        );
      else
        await body(
          client.POST('/api/v1/indicators', {
            params: { header: { 'Idempotency-Key': newKey() } },
            body: wanted,
          }),
        );
      message.success(t('indicators.saved'));
      await onSaved();
      onClose();
    });
  const required = [{ required: true, message: t('targets.required') }];
  return (
    <FormDialog
      form={form}
      title={indicator ? t('indicators.edit') : t('indicators.define')}
      action={t('indicators.save')}
      busy={busy}
      width={720}
      onClose={onClose}
    >
      <Form<IndicatorBody>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={() => void save()}
        initialValues={{
          id: indicator?.id,
          name: indicator?.name,
          nameEn: indicator?.nameEn,
          unit: indicator?.unit ?? 'projects',
          source: indicator?.source ?? 'credit',
          filter: indicator?.filter ?? 'kind = signed and amount >= 1000000000',
          aggregate: indicator?.aggregate ?? 'count',
          part: indicator?.part,
          partBy: indicator?.partBy ?? 'count',
          view: indicator?.view ?? 'period',
          direction: indicator?.direction ?? 'up',
        }}
      >
        <ProblemAlert error={error} fields={left} />
        <Form.Item name="id" label={t('indicators.id')} extra={t('indicators.idHint')} rules={required}>
          <Input {...limit(40)} disabled={indicator !== undefined} />
        </Form.Item>
        <Form.Item name="name" label={t('indicators.name')} rules={required}>
          <Input {...limit(60)} />
        </Form.Item>
        <Form.Item name="nameEn" label={t('indicators.nameEn')}>
          <Input {...limit(100)} />
        </Form.Item>
        <Form.Item name="source" label={t('indicators.source')}>
          <Select options={SOURCES.map((each) => ({ value: each, label: t(`indicators.sourceOf.${each}`) }))} />
        </Form.Item>
        <Form.Item name="aggregate" label={t('indicators.aggregate')}>
          <Select options={AGGREGATES.map((each) => ({ value: each, label: t(`indicators.aggregateOf.${each}`) }))} />
        </Form.Item>
        <Form.Item name="unit" label={t('indicators.unit')}>
          <Select options={UNITS.map((each) => ({ value: each, label: t(`indicators.unitOf.${each}`) }))} />
        </Form.Item>
        <Form.Item name="filter" label={t('indicators.filter')} extra={t('indicators.grammar')}>
          <Input.TextArea {...limit(500)} autoSize spellCheck={false} />
        </Form.Item>
        {aggregate === 'ratio' && (
          <>
            <Form.Item name="part" label={t('indicators.part')}>
              <Input.TextArea {...limit(500)} autoSize spellCheck={false} />
            </Form.Item>
            <Form.Item name="partBy" label={t('indicators.partBy')}>
              <Select
                options={(['count', 'sum'] as const).map((each) => ({
                  value: each,
                  label: t(`indicators.partByOf.${each}`),
                }))}
              />
            </Form.Item>
            <Form.Item name="view" label={t('indicators.view')}>
              <Select
                options={(['period', 'cohort'] as const).map((each) => ({
                  value: each,
                  label: t(`indicators.viewOf.${each}`),
                }))}
              />
            </Form.Item>
          </>
        )}
        <Form.Item name="direction" label={t('indicators.direction')}>
          <Select
            options={(['up', 'down'] as const).map((each) => ({
              value: each,
              label: t(`indicators.directionOf.${each}`),
            }))}
          />
        </Form.Item>
        <Button onClick={() => void attempt()} loading={busy}>
          {t('indicators.try')}
        </Button>
        {trial && (
          <p role="status">
            {t('indicators.tried', {
              period: trial.period,
              value: valueText(trial.city.value, unit) ?? t('boards.unknown'),
              count: trial.projects.length + trial.projectsLeftOff,
            })}
            {trial.undecided > 0 && ` · ${t('indicators.triedUndecided', { count: trial.undecided })}`}
          </p>
        )}
        {trial && trial.facts.length > 0 && (
          <>
            <h3>{t('indicators.triedFacts')}</h3>
            <ul className="board-formula">
              {trial.facts.map((fact, at) => (
                <li key={at}>
                  <Day date={fact.occurredOn} /> {t(`figure.kindOf.${fact.kind}`)}{' '}
                  {fact.subject && <SubjectLink subject={fact.subject} />}
                  {fact.count < 0 && ` (${t('figure.reversal')})`}
                </li>
              ))}
            </ul>
            {trial.factsLeftOff > 0 && <p>{t('indicators.triedMore', { count: trial.factsLeftOff })}</p>}
          </>
        )}
      </Form>
    </FormDialog>
  );
}
