import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import type { PostedPeople, UnitDuties } from '@/api/types';
import { DateInput } from '@/shared/DateInput';
import { today } from '@/shared/dates';
import { FormDialog } from '@/shared/FormDialog';
import { Loading } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { leadersQuery } from '@/shared/queries';
import { useUnitName } from '@/shared/units';
import { useDialogForm } from '@/shared/useDialogForm';
import { Day, When } from '@/shared/When';
import { officerLines, readOfficers } from './people';

const peopleQuery = (unit: string) =>
  queryOptions({
    queryKey: ['duties', 'people', unit],
    queryFn: () => body(client.GET('/api/v1/jurisdictions/{id}/posted-people', { params: { path: { id: unit } } })),
  });

interface Values {
  heads: { leaderId?: string; from?: string; to?: string }[];
  officers: string;
}

/** Who heads a unit, and who works in investment promotion for it: to read, and for who may state it to change. */
export function PeopleDialog({ unit, onClose }: { unit: UnitDuties['unit']; onClose: () => void }) {
  const { t } = useTranslation();
  const name = useUnitName();
  const query = useQuery(peopleQuery(unit.id));
  if (query.data?.allowedActions.includes('state')) return <PeopleForm people={query.data} onClose={onClose} />;
  return (
    <Modal open title={t('duties.peopleOf', { unit: name(unit) })} onCancel={onClose} footer={null}>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={4} />}
      {query.data && <People people={query.data} />}
    </Modal>
  );
}

function Stated({ people }: { people: PostedPeople }) {
  const { t } = useTranslation();
  return (
    <p className="hint">
      {people.statedBy && people.statedAt ? (
        <>
          {t('duties.statedBy', { name: people.statedBy.name })} <When at={people.statedAt} />
        </>
      ) : (
        t('duties.neverStated')
      )}
    </p>
  );
}

function People({ people }: { people: PostedPeople }) {
  const { t } = useTranslation();
  return (
    <>
      <Stated people={people} />
      <ul className="plain-list">
        {people.heads.map((head) => (
          <li key={`${head.leader.id} ${head.from}`}>
            <strong>{head.leader.name}</strong> <span className="tag">{t('duties.head')}</span> <Day date={head.from} />{' '}
            – {head.to ? <Day date={head.to} /> : t('duties.open')}
          </li>
        ))}
        {people.officers.map((officer, at) => (
          <li key={at}>
            {officer.name} {officer.postedTo && <span className="tag">{officer.postedTo}</span>}{' '}
            <span className="num">
              {officer.from ? <Day date={officer.from} /> : t('duties.sinceUnknown')} –{' '}
              {officer.to ? <Day date={officer.to} /> : t('duties.open')}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function PeopleForm({ people, onClose }: { people: PostedPeople; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const unitName = useUnitName();
  const queries = useQueryClient();
  const leaders = useQuery(leadersQuery).data ?? [];
  const [form] = Form.useForm<Values>();
  const { busy, error, left, send } = useDialogForm(form);
  const submit = (values: Values) =>
    send(async () => {
      await body(
        client.PUT('/api/v1/jurisdictions/{id}/posted-people', {
          params: { path: { id: people.unit.id }, header: { 'If-Match': `"${people.version}"` } },
          body: {
            heads: (values.heads ?? []).map((head) => ({
              leaderId: head.leaderId ?? '',
              from: head.from || undefined,
              to: head.to || undefined,
            })),
            officers: readOfficers(values.officers).officers,
          },
        }),
      );
      message.success(t('duties.saved'));
      await queries.invalidateQueries({ queryKey: ['duties'] });
      onClose();
    });

  // Who has left is no active leader any more, and stays a head of that time.
  const named = new Map([...people.heads.map((head) => head.leader), ...leaders].map((each) => [each.id, each.name]));
  return (
    <FormDialog
      form={form}
      title={t('duties.peopleOf', { unit: unitName(people.unit) })}
      action={t('duties.save')}
      width={680}
      busy={busy}
      onClose={onClose}
    >
      <Stated people={people} />
      <ProblemAlert error={error} fields={left} />
      <Form<Values>
        form={form}
        name="people"
        layout="vertical"
        requiredMark={false}
        initialValues={{
          heads: people.heads.map((head) => ({ leaderId: head.leader.id, from: head.from, to: head.to })),
          officers: officerLines(people.officers),
        }}
        onFinish={(values) => void submit(values)}
      >
        <Form.List name="heads">
          {(fields, { add, remove }) => (
            <fieldset className="people-heads">
              <legend>{t('duties.heads')}</legend>
              {fields.map((field, at) => (
                <div key={field.key} className="people-head">
                  <Form.Item
                    name={[field.name, 'leaderId']}
                    label={t('duties.leader')}
                    rules={[{ required: true, message: t('duties.required') }]}
                  >
                    <Select options={[...named].map(([value, label]) => ({ value, label }))} />
                  </Form.Item>
                  <Form.Item
                    name={[field.name, 'from']}
                    label={t('duties.from')}
                    rules={[{ required: true, message: t('duties.required') }]}
                  >
                    <DateInput max={today()} />
                  </Form.Item>
                  <Form.Item name={[field.name, 'to']} label={t('duties.to')}>
                    <DateInput />
                  </Form.Item>
                  <Button
                    size="small"
                    aria-label={t('duties.removeHead', { number: at + 1 })}
                    onClick={() => remove(field.name)}
                  >
                    {t('duties.remove')}
                  </Button>
                </div>
              ))}
              <Button size="small" onClick={() => add({})}>
                {t('duties.addHead')}
              </Button>
            </fieldset>
          )}
        </Form.List>
        <Form.Item
          name="officers"
          label={t('duties.officers')}
          extra={t('duties.officersHint')}
          rules={[
            {
              validator: async (_, text: string | undefined) => {
                const fault = readOfficers(text ?? '').faults[0];
                if (fault) throw new Error(t(`duties.fault.${fault.fault}`, { line: fault.line }));
              },
            },
          ]}
        >
          <Input.TextArea autoSize={{ minRows: 6, maxRows: 16 }} />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}
