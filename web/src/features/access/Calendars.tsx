import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Form, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import type { CalendarFeed } from '@/api/types';
import { ConfirmDialog } from '@/shared/ConfirmDialog';
import { CopyField } from '@/shared/CopyField';
import { Loading, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useIdempotencyKey } from '@/shared/submission';
import { useDialogForm } from '@/shared/useDialogForm';
import { When } from '@/shared/When';

const KINDS: readonly CalendarFeed['kinds'][number][] = [
  'claims',
  'signings',
  'problems',
  'meetings',
  'turns',
  'events',
  'resources',
];
const ALARMS = ['', 'PT1H', 'P1D', 'P3D'] as const;

const calendarsQuery = queryOptions({
  queryKey: ['me', 'calendars'],
  queryFn: async () => (await body(client.GET('/api/v1/me/calendars'))).items,
});

interface Values {
  kinds: CalendarFeed['kinds'];
  alarm: (typeof ALARMS)[number];
}

/** Calendars to subscribe to: made with a link that is shown once, and revoked. */
export function Calendars() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const query = useQuery(calendarsQuery);
  const [form] = Form.useForm<Values>();
  const key = useIdempotencyKey();
  const { busy, error, left, send } = useDialogForm(form);
  const [link, setLink] = useState<string>();
  const [revoking, setRevoking] = useState<CalendarFeed>();
  const refresh = () => queries.invalidateQueries({ queryKey: ['me', 'calendars'] });
  const revoke = useMutation({
    mutationFn: (id: string) => body(client.DELETE('/api/v1/me/calendars/{id}', { params: { path: { id } } })),
    onSettled: refresh,
  });
  const submit = (values: Values) =>
    send(async () => {
      const calendar = { kinds: values.kinds, alarm: values.alarm || undefined };
      const made = await body(
        client.POST('/api/v1/me/calendars', {
          params: { header: { 'Idempotency-Key': key.keyFor({ ...calendar, of: query.data?.length }) } },
          body: calendar,
        }),
      );
      setLink(made.url && new URL(made.url, location.origin).href);
      await refresh();
    });
  const kinds = (of: CalendarFeed['kinds']) =>
    of.map((kind) => t(`calendars.kind.${kind}`)).join(t('common.listSeparator'));
  return (
    <Panel title={t('calendars.title')}>
      <p>{t('calendars.lead')}</p>
      <p className="hint">{t('calendars.lag')}</p>
      <ProblemAlert error={query.error ?? revoke.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={2} />}
      {query.data?.length === 0 && <p className="muted">{t('calendars.none')}</p>}
      <ul className="plain-list">
        {query.data?.map((calendar) => (
          <li key={calendar.id}>
            <div className="split">
              <span>
                <strong>{kinds(calendar.kinds)}</strong>
                <br />
                <span className="hint">
                  {t('calendars.made')} <When at={calendar.createdAt} /> ·{' '}
                  {calendar.lastReadAt ? (
                    <>
                      {t('calendars.lastRead')} <When at={calendar.lastReadAt} />
                    </>
                  ) : (
                    t('calendars.neverRead')
                  )}
                </span>
              </span>
              <Button
                size="small"
                danger
                aria-label={t('calendars.revokeOf', { kinds: kinds(calendar.kinds) })}
                onClick={() => setRevoking(calendar)}
              >
                {t('calendars.revoke')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {link && (
        <div role="status">
          <p>
            <strong>{t('calendars.once')}</strong>
          </p>
          <CopyField label={t('calendars.link')} value={link} rows={2} />
        </div>
      )}
      <ProblemAlert error={error} fields={left} />
      <Form<Values>
        form={form}
        name="calendar"
        layout="vertical"
        requiredMark={false}
        initialValues={{ kinds: [...KINDS], alarm: '' }}
        onFinish={(values) => void submit(values)}
      >
        <Form.Item
          name="kinds"
          label={t('calendars.kinds')}
          rules={[
            {
              // Not by `required`: a group of boxes may not be marked so for those who hear the page.
              validator: (_, chosen: string[]) =>
                chosen.length > 0 ? Promise.resolve() : Promise.reject(new Error(t('calendars.kindsRequired'))),
            },
          ]}
        >
          <Checkbox.Group options={KINDS.map((kind) => ({ value: kind, label: t(`calendars.kind.${kind}`) }))} />
        </Form.Item>
        <Form.Item name="alarm" label={t('calendars.alarm')}>
          <Select
            style={{ maxWidth: '16em' }}
            options={ALARMS.map((alarm) => ({ value: alarm, label: t(`calendars.alarmOf.${alarm || 'none'}`) }))}
          />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('calendars.make')}
        </Button>
      </Form>
      {revoking && (
        <ConfirmDialog
          title={t('calendars.revoke')}
          confirm={t('calendars.revoke')}
          onClose={() => setRevoking(undefined)}
          onConfirm={async () => {
            await revoke.mutateAsync(revoking.id);
            setLink(undefined);
            message.success(t('calendars.revoked'));
          }}
        >
          {t('calendars.revokeText')}
        </ConfirmDialog>
      )}
    </Panel>
  );
}
