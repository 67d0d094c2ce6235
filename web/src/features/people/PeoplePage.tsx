import { DownloadOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { body, client, saveText } from '@/api/client';
import type { PersonExport, PersonRecord } from '@/api/types';
import { DataTable, type Column } from '@/shared/DataTable';
import { today } from '@/shared/dates';
import { useCodeText } from '@/shared/i18n';
import { Empty, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ReasonDialog } from '@/shared/ReasonDialog';
import { useUnitName } from '@/shared/units';
import { useDialogForm } from '@/shared/useDialogForm';

/** Where records of a kind have a page of their own. */
const PAGES: Partial<Record<string, string>> = { project: 'projects', claim: 'claims', lead: 'office-leads' };

interface Found {
  value: string;
  answer: PersonExport;
}

/** Finds what is kept about a contact person, hands it over, and erases it. */
export function PeoplePage() {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ value: string }>();
  const { busy, error, left, send } = useDialogForm(form);
  const [found, setFound] = useState<Found | null>(null);
  const [erased, setErased] = useState<{ records: number; persons: number } | null>(null);
  const find = async (value: string) =>
    setFound({ value, answer: await body(client.POST('/api/v1/personal-data/export', { body: { value } })) });
  const erase = useMutation({
    mutationFn: (request: { value: string; reason: string; records?: string[] }) =>
      body(client.POST('/api/v1/personal-data/erase', { body: request })),
  });

  return (
    <Page title={t('people.title')} lead={t('people.lead')}>
      <Panel>
        <Form
          form={form}
          name="person"
          layout="vertical"
          requiredMark={false}
          onFinish={({ value }) => {
            setErased(null);
            setFound(null);
            void send(() => find(value.trim()));
          }}
        >
          <ProblemAlert error={error} fields={left} />
          <Form.Item
            name="value"
            label={t('people.value')}
            extra={t('people.valueHint')}
            rules={[{ required: true, whitespace: true, message: t('people.valueRequired') }]}
          >
            <Input maxLength={200} autoComplete="off" allowClear />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('people.search')}
          </Button>
        </Form>
      </Panel>
      {erased && (
        <p className="notice" role="status">
          {t('people.erased', erased)}
        </p>
      )}
      {found && (
        <Records
          key={found.answer.at}
          found={found}
          onErase={async (reason, records) => {
            setErased(await erase.mutateAsync({ value: found.value, reason, records }));
            await find(found.value);
          }}
        />
      )}
    </Page>
  );
}

function Records({
  found: { value, answer },
  onErase,
}: {
  found: Found;
  onErase: (reason: string, records?: string[]) => Promise<void>;
}) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const code = useCodeText();
  const [chosen, setChosen] = useState<string[]>([]);
  const [erasing, setErasing] = useState<{ n: number; records?: string[] } | null>(null);
  const records = answer.items;
  if (records.length === 0)
    return (
      <Panel>
        <Empty title={t('people.none')}>{t('people.noneHint')}</Empty>
      </Panel>
    );

  const toggle = (id: string, on: boolean) => setChosen(on ? [...chosen, id] : chosen.filter((each) => each !== id));
  const columns: Column<PersonRecord>[] = [
    {
      key: 'record',
      title: t('people.record'),
      heading: true,
      render: (record) => (
        <span className="record-head">
          <Checkbox
            aria-label={t('people.choose', { name: record.name })}
            checked={chosen.includes(record.id)}
            onChange={(event) => toggle(record.id, event.target.checked)}
          />
          {PAGES[record.kind] ? <Link to={`/${PAGES[record.kind]}/${record.id}`}>{record.name}</Link> : record.name}
        </span>
      ),
    },
    { key: 'kind', title: t('people.kind'), render: (record) => code('people.kinds', record.kind) },
    {
      key: 'unit',
      title: t('people.unit'),
      render: (record) =>
        record.jurisdiction ? unit(record.jurisdiction) : <span className="muted">{t('common.none')}</span>,
    },
    {
      key: 'details',
      title: t('people.details'),
      render: (record) => (
        <ul className="person-details">
          {record.contacts.map((person, i) => (
            <li key={i}>
              <span>
                {person.title ? t('people.contactTitle', { name: person.name, title: person.title }) : person.name}
              </span>
              {person.phone && <span className="num">{person.phone}</span>}
              {person.email && <span className="break">{person.email}</span>}
            </li>
          ))}
          {record.referrer && <li>{t('people.referrer', { name: record.referrer })}</li>}
        </ul>
      ),
    },
  ];
  return (
    <section aria-label={t('people.found', { n: records.length })}>
      <div className="table-summary people-summary">
        <div role="status">
          <h2>{t('people.found', { n: records.length })}</h2>
        </div>
        <div className="actions">
          <Checkbox
            indeterminate={chosen.length > 0 && chosen.length < records.length}
            checked={chosen.length === records.length}
            onChange={(event) => setChosen(event.target.checked ? records.map((record) => record.id) : [])}
          >
            {t('people.chooseAll')}
          </Checkbox>
          <Button
            icon={<DownloadOutlined aria-hidden />}
            onClick={() =>
              saveText(JSON.stringify(answer, null, 2), `personal-data-${today()}.json`, 'application/json')
            }
          >
            {t('people.download')}
          </Button>
          {chosen.length > 0 && chosen.length < records.length ? (
            <Button danger onClick={() => setErasing({ n: chosen.length, records: chosen })}>
              {t('people.eraseChosen', { n: chosen.length })}
            </Button>
          ) : (
            <Button danger onClick={() => setErasing({ n: records.length })}>
              {t('people.eraseAll')}
            </Button>
          )}
        </div>
      </div>
      <DataTable caption={t('people.title')} columns={columns} rows={records} rowKey={(record) => record.id} />
      {erasing && (
        <ReasonDialog
          open
          danger
          title={t('people.eraseTitle')}
          confirm={t('people.eraseConfirm')}
          onConfirm={(reason) => onErase(reason, erasing.records)}
          onClose={() => setErasing(null)}
        >
          <p>{t('people.eraseText', { n: erasing.n, value })}</p>
        </ReasonDialog>
      )}
    </section>
  );
}
