import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body, client, tagged } from '@/api/client';
import type { Indicator, Target } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { today } from '@/shared/dates';
import { ExportMenu } from '@/shared/ExportMenu';
import { Filter } from '@/shared/Filter';
import { useLanguage } from '@/shared/i18n';
import { FormDialog } from '@/shared/FormDialog';
import { LinkButton } from '@/shared/LinkButton';
import { Empty, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { jurisdictionsQuery, useCan } from '@/shared/queries';
import { newKey } from '@/shared/submission';
import { useUnitName } from '@/shared/units';
import { useUrlState } from '@/shared/urlState';
import { useDialogForm } from '@/shared/useDialogForm';
import { indicatorName, useValueText } from '@/shared/figures';
import { indicatorsQuery, targetsQuery } from './queries';
import { limit } from '@/shared/limit';

const KEYS = ['year'] as const;

/** What each unit is to reach in a year: set by one person, published by another. */
export function TargetsPage() {
  const { t } = useTranslation();
  const valueText = useValueText();
  const { message } = App.useApp();
  const language = useLanguage();
  const can = useCan();
  const unit = useUnitName();
  const queries = useQueryClient();
  const { values, change } = useUrlState(KEYS);
  const thisYear = Number(today().slice(0, 4));
  const year = Number(values.year) || thisYear;
  const query = useQuery(targetsQuery(year));
  const indicators = useQuery(indicatorsQuery).data ?? [];
  const [open, setOpen] = useState<Target | 'new'>();
  const refresh = () =>
    Promise.all(['targets', 'boards'].map((each) => queries.invalidateQueries({ queryKey: [each] })));
  const publish = useMutation({
    mutationFn: () =>
      body(
        client.POST('/api/v1/targets/publish', {
          params: { header: { 'Idempotency-Key': newKey() } },
          body: { year },
        }),
      ),
    onSuccess: async (done) => {
      message.success(t('targets.published', { count: done.count }));
      await refresh();
    },
  });
  const named = (id: string) => {
    const found = indicators.find((each) => each.id === id);
    return found ? indicatorName(found, language) : id;
  };
  const value = (number: number | null | undefined, id: string) =>
    valueText(number, indicators.find((each) => each.id === id)?.unit ?? 'items');
  const page = query.data;
  return (
    <Page
      title={t('targets.title')}
      lead={t('targets.lead')}
      wide
      actions={
        <>
          {can('set-target') && (
            <Button type="primary" onClick={() => setOpen('new')}>
              {t('targets.set')}
            </Button>
          )}
          {page && page.publishable > 0 && (
            <Button loading={publish.isPending} onClick={() => publish.mutate()}>
              {t('targets.publish', { count: page.publishable })}
            </Button>
          )}
          {can('set-target') && <LinkButton to="/imports/records">{t('targets.import')}</LinkButton>}
          <ExportMenu
            name="targets"
            query={() => new URLSearchParams({ year: String(year) })}
            label={t('targets.export')}
          />
        </>
      }
    >
      <div className="filters" role="search" aria-label={t('lists.filters')}>
        <Filter id="targets-year" label={t('targets.year')}>
          <Select
            id="targets-year"
            value={String(year)}
            onChange={(next: string) => change({ year: next })}
            options={[1, 0, -1, -2, -3].map((each) => ({
              value: String(thisYear + each),
              label: String(thisYear + each),
            }))}
          />
        </Filter>
      </div>
      <ProblemAlert error={query.error ?? publish.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {page && page.items.length === 0 && <Empty title={t('targets.empty')}>{t('targets.emptyHint')}</Empty>}
      {page && page.items.length > 0 && (
        <DataTable<Target>
          caption={t('targets.title')}
          rows={page.items}
          rowKey={(row) => `${row.unit?.id ?? 'city'}-${row.indicator}`}
          busy={query.isPlaceholderData}
          columns={[
            {
              key: 'unit',
              title: t('targets.unit'),
              heading: true,
              render: (row) => (row.unit ? unit(row.unit) : <strong>{t('boards.city')}</strong>),
            },
            { key: 'indicator', title: t('targets.indicator'), render: (row) => named(row.indicator) },
            {
              key: 'value',
              title: t('targets.value'),
              align: 'right',
              render: (row) => <span className="num nowrap">{value(row.value, row.indicator) ?? '—'}</span>,
            },
            {
              key: 'binding',
              title: t('targets.binding'),
              render: (row) => row.binding !== undefined && t(row.binding ? 'targets.binding' : 'targets.indicative'),
            },
            { key: 'reason', title: t('targets.reason'), render: (row) => <span className="text">{row.reason}</span> },
            {
              key: 'waiting',
              title: t('targets.waiting'),
              render: (row) =>
                row.proposed &&
                t('targets.waitingValue', {
                  value: value(row.proposed.value, row.indicator) ?? t('targets.removed'),
                  by: row.proposed.setBy.name,
                }),
            },
            ...(can('set-target')
              ? [
                  {
                    key: 'change',
                    title: t('boards.actions'),
                    render: (row: Target) => (
                      <Button
                        size="small"
                        aria-label={`${t('targets.change')}: ${row.unit ? unit(row.unit) : t('boards.city')} ${named(row.indicator)}`}
                        onClick={() => setOpen(row)}
                      >
                        {t('targets.change')}
                      </Button>
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
      {page && page.sums.length > 0 && (
        <Panel title={t('targets.sums')}>
          <ul className="board-formula">
            {page.sums.map((sum) => (
              <li key={sum.indicator} className="num">
                {t('targets.sumOf', {
                  indicator: named(sum.indicator),
                  units: value(sum.units, sum.indicator),
                  city: value(sum.city, sum.indicator) ?? t('targets.noCity'),
                })}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {open && (
        <TargetDialog
          year={year}
          target={open === 'new' ? undefined : open}
          indicators={indicators.filter((each) => each.status === 'published')}
          onClose={() => setOpen(undefined)}
          onSaved={refresh}
        />
      )}
    </Page>
  );
}

interface Values {
  unit: string;
  indicator: string;
  value?: number | null;
  binding: boolean;
  reason: string;
}

/** Sets a target, or changes one; what is there is read again when it is sent. */
function TargetDialog({
  year,
  target,
  indicators,
  onClose,
  onSaved,
}: {
  year: number;
  target?: Target;
  indicators: Indicator[];
  onClose: () => void;
  onSaved: () => Promise<unknown>;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const language = useLanguage();
  const unitName = useUnitName();
  const units = (useQuery(jurisdictionsQuery).data ?? []).filter((each) => each.reports && each.active);
  const [form] = Form.useForm<Values>();
  const { busy, error, left, send } = useDialogForm(form);
  const submit = (values: Values) =>
    send(async () => {
      const path = { year: String(year), unit: values.unit, indicator: values.indicator };
      const now = await tagged(client.GET('/api/v1/targets/{year}/{unit}/{indicator}', { params: { path } }));
      await body(
        client.PUT('/api/v1/targets/{year}/{unit}/{indicator}', {
          params: { path, header: { 'If-Match': target ? `"${target.version}"` : now.etag } },
          body: { value: values.value ?? undefined, binding: values.binding, reason: values.reason },
        }),
      );
      message.success(t('targets.saved'));
      await onSaved();
      onClose();
    });
  const required = [{ required: true, message: t('targets.required') }];
  return (
    <FormDialog
      form={form}
      title={target ? t('targets.change') : t('targets.set')}
      action={t('targets.save')}
      busy={busy}
      onClose={onClose}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => void submit(values)}
        initialValues={{
          unit: target?.unit?.id ?? 'city',
          indicator: target?.indicator,
          value: target?.proposed?.value ?? target?.value,
          binding: target?.proposed?.binding ?? target?.binding ?? true,
        }}
      >
        <ProblemAlert error={error} fields={left} />
        <Form.Item name="unit" label={t('targets.unit')} rules={required}>
          <Select
            disabled={target !== undefined}
            options={[
              { value: 'city', label: t('boards.city') },
              ...units.map((each) => ({ value: each.id, label: unitName(each) })),
            ]}
          />
        </Form.Item>
        <Form.Item name="indicator" label={t('targets.indicator')} rules={required}>
          <Select
            disabled={target !== undefined}
            showSearch={{ optionFilterProp: 'label' }}
            options={indicators.map((each) => ({
              value: each.id,
              label: `${indicatorName(each, language)} (${t(`indicators.unitOf.${each.unit}`)})`,
            }))}
          />
        </Form.Item>
        <Form.Item name="value" label={t('targets.value')} extra={`${t('targets.clear')} · ${t('targets.share')}`}>
          <InputNumber min={0} max={1_000_000_000_000} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="binding" valuePropName="checked">
          <Checkbox>{t('targets.binding')}</Checkbox>
        </Form.Item>
        <Form.Item name="reason" label={t('targets.reason')} rules={required}>
          <Input {...limit(500)} />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}
