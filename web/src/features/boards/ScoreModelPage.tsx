import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { body, client, tagged } from '@/api/client';
import type { RehearsedScore, ScoreModel } from '@/api/types';
import { ConfirmDialog } from '@/shared/ConfirmDialog';
import { DataTable } from '@/shared/DataTable';
import { today } from '@/shared/dates';
import { Filter } from '@/shared/Filter';
import { FormDialog } from '@/shared/FormDialog';
import { useLanguage } from '@/shared/i18n';
import { LinkButton } from '@/shared/LinkButton';
import { Facts, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { jurisdictionsQuery, useCan } from '@/shared/queries';
import { ReasonDialog } from '@/shared/ReasonDialog';
import { newKey } from '@/shared/submission';
import { useUnitName } from '@/shared/units';
import { useDialogForm } from '@/shared/useDialogForm';
import { indicatorName, markText, percentText, weightText } from '@/shared/figures';
import { indicatorsQuery, scoreModelQuery, scoresQuery } from './queries';
import './boards.css';
import { limit } from '@/shared/limit';

/** A score model: what it scores and how; published by a second person, rehearsed on a year's facts, its marks given by hand. */
export function ScoreModelPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const can = useCan();
  const { id = '' } = useParams();
  const queries = useQueryClient();
  const query = useQuery(scoreModelQuery(id));
  const [publishing, setPublishing] = useState(false);
  const [withdrawing, setWithdrawing] = useState(false);
  const model = query.data;
  const may = (action: string) => model?.allowedActions.includes(action) ?? false;
  return (
    <Page
      title={model ? indicatorName(model, language) : t('scoreModels.title')}
      wide
      actions={
        model && (
          <>
            {may('edit') && <LinkButton to={`/score-models/${id}/edit`}>{t('scoreModels.edit')}</LinkButton>}
            {can('draft-score-model') && (
              <LinkButton to={`/score-models/new?from=${id}`}>{t('scoreModels.newFrom')}</LinkButton>
            )}
            {may('withdraw') && <Button onClick={() => setWithdrawing(true)}>{t('scoreModels.withdraw')}</Button>}
            {may('publish') && (
              <Button type="primary" onClick={() => setPublishing(true)}>
                {t('scoreModels.publish')}
              </Button>
            )}
          </>
        )
      }
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={8} />}
      {model && (
        <>
          <Shown model={model} />
          {may('rehearse') && <Rehearsal key={model.version} model={model} />}
          {may('mark') && <Marks model={model} />}
          <ReasonDialog
            open={withdrawing}
            title={t('scoreModels.withdraw')}
            confirm={t('scoreModels.withdraw')}
            danger
            onClose={() => setWithdrawing(false)}
            onConfirm={async (reason) => {
              await body(
                client.POST('/api/v1/score-models/{id}/withdraw', {
                  params: {
                    path: { id },
                    header: { 'If-Match': `"${model.version}"`, 'Idempotency-Key': newKey() },
                  },
                  body: { reason },
                }),
              );
              message.success(t('scoreModels.withdrawn'));
              await queries.invalidateQueries({ queryKey: ['score-models'] });
            }}
          >
            {t('scoreModels.withdrawText')}
          </ReasonDialog>
          {publishing && (
            <ConfirmDialog
              title={t('scoreModels.publish')}
              confirm={t('scoreModels.publish')}
              onClose={() => setPublishing(false)}
              onConfirm={async () => {
                await body(
                  client.POST('/api/v1/score-models/{id}/publish', {
                    params: {
                      path: { id },
                      header: { 'If-Match': `"${model.version}"`, 'Idempotency-Key': newKey() },
                    },
                  }),
                );
                message.success(t('scoreModels.published'));
                await Promise.all(
                  ['score-models', 'scores'].map((each) => queries.invalidateQueries({ queryKey: [each] })),
                );
              }}
            >
              {t('scoreModels.publishText', { name: indicatorName(model, language), year: model.year })}
            </ConfirmDialog>
          )}
        </>
      )}
    </Page>
  );
}

interface Row {
  id: string;
  kind: string;
  name: string;
  weight: number;
  method: string;
  detail: string[];
}

function Shown({ model }: { model: ScoreModel }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const unitName = useUnitName();
  const indicators = useQuery(indicatorsQuery).data ?? [];
  const units = useQuery(jurisdictionsQuery).data ?? [];
  const named = (id: string) => {
    const found = indicators.find((each) => each.id === id);
    return found ? indicatorName(found, language) : id;
  };
  const called = (of: { name?: string; nameEn?: string }) =>
    indicatorName({ name: of.name ?? '', nameEn: of.nameEn }, language);
  const sources = (of: ScoreModel['items'][number]['sources']) =>
    (of ?? []).map(
      (source) =>
        named(source.indicator ?? '') +
        (source.each === undefined ? '' : ` × ${weightText(source.each)}`) +
        (source.per === undefined ? '' : ` / ${weightText(source.per)}`),
    );
  const rows: Row[] = [
    ...model.items.map((item) => ({
      id: item.id ?? '',
      kind: t('scoreModels.items'),
      name: called(item),
      weight: item.weight ?? 0,
      method: t(`scoreModels.methodOf.${item.method ?? 'linear'}`),
      detail: [
        ...sources(item.sources),
        ...(item.cap === undefined ? [] : [`${t('scoreModels.cap')}: ${weightText(item.cap)}`]),
        ...(item.firstShare === undefined ? [] : [`${t('scoreModels.firstShare')}: ${weightText(item.firstShare)}`]),
        ...(item.steps ?? []).map((step) => `${percentText(step.from)} → ${percentText(step.share)}`),
      ],
    })),
    ...(['bonuses', 'deductions'] as const).flatMap((list) =>
      model[list].map((extra) => ({
        id: extra.id ?? '',
        kind: t(`scoreModels.${list}`),
        name: called(extra),
        weight: extra.cap ?? 0,
        method: t(`scoreModels.methodOf.${extra.method ?? 'projects'}`),
        detail: [
          ...sources(extra.sources),
          ...(extra.brackets ?? []).map(
            (bracket) => `≥ ${weightText(bracket.from ?? 0)} → +${weightText(bracket.points ?? 0)}`,
          ),
          ...(extra.leastInvested === undefined
            ? []
            : [`${t('scoreModels.leastInvested')}: ${weightText(extra.leastInvested)}`]),
        ],
      })),
    ),
  ];
  return (
    <Panel>
      <Facts
        items={[
          { label: t('scoreModels.year'), value: <span className="num">{model.year}</span> },
          { label: t('scoreModels.number'), value: <span className="num">{model.modelVersion}</span> },
          {
            label: t('scoreModels.status'),
            value: model.inForce ? t('scoreModels.inForce') : t(`scoreModels.statusOf.${model.status}`),
          },
          { label: t('scoreModels.draftedBy'), value: model.draftedBy.name },
          model.publishedBy && { label: t('scoreModels.publishedBy'), value: model.publishedBy.name },
          { label: t('scoreModels.fullMark'), value: <span className="num">{weightText(model.fullMark)}</span> },
          ...model.groups.map((group) => ({
            label: called(group),
            value: (group.units ?? [])
              .map((id) => unitName(units.find((each) => each.id === id) ?? { id, name: id }))
              .join(t('common.listSeparator')),
          })),
          ...model.outer.map((outer) => ({ label: called(outer), value: percentText(outer.weight) })),
          model.binding.length > 0 && {
            label: t('scoreModels.binding'),
            value: model.binding
              .map((each) => `${named(each.indicator ?? '')} ${weightText(each.weight ?? 0)}`)
              .join(t('common.listSeparator')),
          },
        ]}
      />
      <DataTable<Row>
        caption={t('scoreModels.items')}
        rows={rows}
        rowKey={(row) => row.id}
        columns={[
          { key: 'name', title: t('scoreModels.name'), heading: true, render: (row) => row.name },
          { key: 'kind', title: t('scores.item'), render: (row) => row.kind },
          {
            key: 'weight',
            title: t('scoreModels.weight'),
            align: 'right',
            render: (row) => <span className="num">{weightText(row.weight)}</span>,
          },
          { key: 'method', title: t('scoreModels.method'), render: (row) => row.method },
          {
            key: 'detail',
            title: t('scoreModels.sources'),
            render: (row) => row.detail.map((line) => <div key={line}>{line}</div>),
          },
        ]}
      />
    </Panel>
  );
}

/** What a year's facts would give by the model, beside the one in force. */
function Rehearsal({ model }: { model: ScoreModel }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const unit = useUnitName();
  const thisYear = Number(today().slice(0, 4));
  const [year, setYear] = useState(Math.min(model.year - 1, thisYear));
  const run = useMutation({
    mutationFn: () =>
      body(
        client.POST('/api/v1/score-models/{id}/rehearse', {
          params: { path: { id: model.id }, header: { 'Idempotency-Key': newKey() } },
          body: { year },
        }),
      ),
  });
  const told = run.data;
  const signed = (value: number | undefined) =>
    value === undefined ? '—' : `${value > 0 ? '+' : ''}${markText(value)}`;
  return (
    <Panel title={t('scoreModels.rehearse')}>
      <p className="lead">{t('scoreModels.rehearseText')}</p>
      <div className="filters">
        <Filter id="rehearse-year" label={t('scoreModels.year')}>
          <Select
            id="rehearse-year"
            value={year}
            onChange={setYear}
            options={[...new Set([thisYear, thisYear - 1, thisYear - 2, thisYear - 3, year])]
              .sort((a, b) => b - a)
              .map((each) => ({ value: each, label: String(each) }))}
          />
        </Filter>
        <Button loading={run.isPending} onClick={() => run.mutate()}>
          {t('scoreModels.rehearse')}
        </Button>
      </div>
      <ProblemAlert error={run.error} />
      {told && (
        <>
          {!told.inForce && <p role="status">{t('scoreModels.noneInForce', { year: told.year })}</p>}
          {told.withoutMarks.length > 0 && (
            <p className="hint">
              {t('scoreModels.withoutMarks', {
                list: told.withoutMarks
                  .map((id) => model.items.find((item) => item.id === id))
                  .map((item) => indicatorName({ name: item?.name ?? '', nameEn: item?.nameEn }, language))
                  .join(t('common.listSeparator')),
              })}
            </p>
          )}
          <DataTable<RehearsedScore>
            caption={t('scoreModels.rehearse')}
            rows={told.items}
            rowKey={(row) => row.unit.id}
            columns={[
              { key: 'unit', title: t('scores.unit'), heading: true, render: (row) => unit(row.unit) },
              {
                key: 'rehearsed',
                title: t('scoreModels.rehearsed'),
                align: 'right',
                render: (row) => <Total total={row.rehearsed.total} rank={row.rehearsed.rank} />,
              },
              {
                key: 'inForce',
                title: t('scoreModels.inForceTotal'),
                align: 'right',
                render: (row) => <Total total={row.totalInForce} rank={row.rankInForce} />,
              },
              {
                key: 'difference',
                title: t('scoreModels.difference'),
                align: 'right',
                render: (row) => <span className="num">{signed(row.difference)}</span>,
              },
            ]}
          />
        </>
      )}
    </Panel>
  );
}

function Total({ total, rank }: { total?: number; rank?: number }) {
  const { t } = useTranslation();
  return (
    <span className="num nowrap">
      {markText(total)}
      {rank !== undefined && <span className="hint"> {t('scores.gapRank', { place: rank })}</span>}
    </span>
  );
}

interface Marked {
  unit: { id: string; name: string };
  item: string;
  name: string;
  most: number;
  mark?: number;
  reason?: string;
}

/** The marks that persons give, unit by unit. */
function Marks({ model }: { model: ScoreModel }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const unit = useUnitName();
  const query = useQuery(scoresQuery({ model: model.id }));
  const [open, setOpen] = useState<Marked>();
  const rows: Marked[] = (query.data?.items ?? []).flatMap((score) =>
    [...score.items, ...score.bonuses, ...score.deductions]
      .filter((part) => part.method === 'manual')
      .map((part) => ({
        unit: score.unit,
        item: part.id,
        name: indicatorName(part, language),
        most: part.weight,
        mark: part.mark?.mark,
        reason: part.mark?.reason,
      })),
  );
  if (query.data && rows.length === 0) return null;
  return (
    <Panel title={t('scoreModels.marks')}>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={4} />}
      {rows.length > 0 && (
        <DataTable<Marked>
          caption={t('scoreModels.marks')}
          rows={rows}
          rowKey={(row) => `${row.unit.id}-${row.item}`}
          columns={[
            { key: 'unit', title: t('scores.unit'), heading: true, render: (row) => unit(row.unit) },
            { key: 'item', title: t('scores.item'), render: (row) => row.name },
            {
              key: 'mark',
              title: t('scoreModels.mark'),
              align: 'right',
              render: (row) =>
                row.mark === undefined ? (
                  <span className="hint">{t('scoreModels.noMark')}</span>
                ) : (
                  <span className="num">{markText(row.mark)}</span>
                ),
            },
            {
              key: 'reason',
              title: t('scoreModels.reason'),
              render: (row) => <span className="text">{row.reason}</span>,
            },
            {
              key: 'give',
              title: t('boards.actions'),
              render: (row) => (
                <Button
                  size="small"
                  aria-label={`${t('scoreModels.give')}: ${t('scoreModels.markOf', { unit: unit(row.unit), item: row.name })}`}
                  onClick={() => setOpen(row)}
                >
                  {t('scoreModels.give')}
                </Button>
              ),
            },
          ]}
        />
      )}
      {open && <MarkDialog model={model.id} marked={open} onClose={() => setOpen(undefined)} />}
    </Panel>
  );
}

function MarkDialog({ model, marked, onClose }: { model: string; marked: Marked; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const unit = useUnitName()(marked.unit);
  const [form] = Form.useForm<{ mark?: number | null; reason: string }>();
  const { busy, error, left, send } = useDialogForm(form);
  const submit = (values: { mark?: number | null; reason: string }) =>
    send(async () => {
      const path = { id: model, unitId: marked.unit.id, item: marked.item };
      const now = await tagged(client.GET('/api/v1/score-models/{id}/marks/{unitId}/{item}', { params: { path } }));
      await body(
        client.PUT('/api/v1/score-models/{id}/marks/{unitId}/{item}', {
          params: { path, header: { 'If-Match': now.etag } },
          body: { mark: values.mark ?? undefined, reason: values.reason },
        }),
      );
      message.success(t('scoreModels.marked'));
      await queries.invalidateQueries({ queryKey: ['scores'] });
      onClose();
    });
  return (
    <FormDialog
      form={form}
      title={t('scoreModels.markOf', { unit, item: marked.name })}
      action={t('scoreModels.give')}
      busy={busy}
      onClose={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => void submit(values)}
        initialValues={{ mark: marked.mark }}
      >
        <ProblemAlert error={error} fields={left} />
        <Form.Item
          name="mark"
          label={t('scoreModels.mark')}
          extra={t('scoreModels.markMost', { most: weightText(marked.most) })}
        >
          <InputNumber min={0} max={marked.most} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('scoreModels.reason')}
          rules={[{ required: true, message: t('scoreModels.required') }]}
        >
          <Input {...limit(500)} />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}
