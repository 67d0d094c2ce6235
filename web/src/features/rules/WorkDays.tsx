import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body, client, tagged } from '@/api/client';
import { today } from '@/shared/dates';
import { FormDialog } from '@/shared/FormDialog';
import { Facts, Loading, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { useDialogForm } from '@/shared/useDialogForm';
import { inSpans, readDays } from './days';

const calendarsQuery = queryOptions({
  queryKey: ['work-calendars'],
  queryFn: async () => (await body(client.GET('/api/v1/work-calendars'))).items,
});

/** The days of each year that are not as the week says; the administrator enters a new year once it is announced. */
export function WorkDays() {
  const { t } = useTranslation();
  const can = useCan();
  const query = useQuery(calendarsQuery);
  const [editing, setEditing] = useState<number | null>(null);
  const calendars = [...(query.data ?? [])].sort((a, b) => b.year - a.year);
  const next = Number(today().slice(0, 4)) + 1;
  return (
    <Panel
      title={t('workDays.title')}
      id="work-days"
      extra={
        can('manage-rule-sets') && query.data && !calendars.some((each) => each.year === next) ? (
          <Button onClick={() => setEditing(next)}>{t('workDays.addYear', { year: next })}</Button>
        ) : undefined
      }
    >
      <p className="hint">{t('workDays.lead')}</p>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={3} />}
      {calendars.map((each) => (
        <section key={each.year} className="work-year">
          <h3>
            {t('workDays.year', { year: each.year })}{' '}
            {can('manage-rule-sets') && (
              <Button
                size="small"
                onClick={() => setEditing(each.year)}
                aria-label={`${t('workDays.edit')} ${each.year}`}
              >
                {t('workDays.edit')}
              </Button>
            )}
          </h3>
          <Facts
            items={[
              { label: t('workDays.holidays'), value: <Days days={each.holidays} />, wide: true },
              { label: t('workDays.workdays'), value: <Days days={each.workdays} />, wide: true },
            ]}
          />
        </section>
      ))}
      {editing !== null && <WorkDaysDialog key={editing} year={editing} onClose={() => setEditing(null)} />}
    </Panel>
  );
}

function Days({ days }: { days: string[] }) {
  const { t } = useTranslation();
  if (days.length === 0) return <span className="muted">{t('common.none')}</span>;
  return (
    <ul className="day-spans">
      {inSpans(days).map((span) => (
        <li key={span} className="num nowrap">
          {span.replaceAll(/\d{4}-/g, '').replace('~', ' – ')}
        </li>
      ))}
    </ul>
  );
}

interface Values {
  holidays?: string;
  workdays?: string;
}

function WorkDaysDialog({ year, onClose }: { year: number; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const current = useQuery({
    queryKey: ['work-calendars', year],
    staleTime: 0,
    queryFn: () => tagged(client.GET('/api/v1/work-calendars/{year}', { params: { path: { year: String(year) } } })),
  });
  const { busy, error, left, send } = useDialogForm(form);
  const readable = {
    validator: (_: unknown, text: string | undefined) => {
      const bad = readDays(text ?? '').bad;
      return bad.length === 0
        ? Promise.resolve()
        : Promise.reject(new Error(t('workDays.badDates', { text: bad.join(t('common.listSeparator')) })));
    },
  };

  const submit = (values: Values) =>
    send(async () => {
      await body(
        client.PUT('/api/v1/work-calendars/{year}', {
          params: { path: { year: String(year) }, header: { 'If-Match': current.data?.etag ?? '' } },
          body: { holidays: readDays(values.holidays ?? '').days, workdays: readDays(values.workdays ?? '').days },
        }),
      );
      await queries.invalidateQueries({ queryKey: ['work-calendars'] });
      message.success(t('workDays.saved'));
      onClose();
    });

  return (
    <FormDialog
      form={form}
      title={`${t('workDays.title')} · ${t('workDays.year', { year })}`}
      action={t('workDays.save')}
      busy={busy}
      disabled={!current.data}
      onClose={onClose}
    >
      <ProblemAlert error={error ?? current.error} fields={left} />
      {current.isPending && <Loading />}
      {current.data && (
        <Form
          form={form}
          name="work-days"
          layout="vertical"
          onFinish={(values) => void submit(values)}
          initialValues={{
            holidays: inSpans(current.data.value.holidays).join('\n'),
            workdays: inSpans(current.data.value.workdays).join('\n'),
          }}
        >
          <Form.Item name="holidays" label={t('workDays.holidays')} extra={t('workDays.datesHint')} rules={[readable]}>
            <Input.TextArea rows={8} className="num" />
          </Form.Item>
          <Form.Item name="workdays" label={t('workDays.workdays')} rules={[readable]}>
            <Input.TextArea rows={6} className="num" />
          </Form.Item>
        </Form>
      )}
    </FormDialog>
  );
}
