import { DesktopOutlined, PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { AgendaItem, Meeting } from '@/api/types';
import { Amount } from '@/shared/Amount';
import { ConfirmDialog } from '@/shared/ConfirmDialog';
import { DocumentMenu } from '@/shared/DocumentMenu';
import { FormDialog } from '@/shared/FormDialog';
import { LinkButton } from '@/shared/LinkButton';
import { ActionCard } from '@/shared/meetings/ActionCard';
import { meetingQuery, useChangeItem, useMeetingStep, type MeetingAct } from '@/shared/meetings/queries';
import { Empty, Facts, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ProjectSelect } from '@/shared/ProjectSelect';
import { ReasonDialog } from '@/shared/ReasonDialog';
import { useIdempotencyKey } from '@/shared/submission';
import { useUnitName } from '@/shared/units';
import { useDialogForm } from '@/shared/useDialogForm';
import { Day, When } from '@/shared/When';
import { DecisionForm } from './DecisionForm';
import { lines, PlanDialog } from './PlanDialog';
import './meetings.css';
import { limit } from '@/shared/limit';

const PARTS = ['project', 'problem', 'action', 'other'] as const;

/** A meeting: its agenda as far as the reader may know it, what it decided, and what may be done with it now. */
export function MeetingPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery(meetingQuery(id));
  const meeting = query.data;
  if (!meeting)
    return (
      <Page title={t('nav.meetings')}>
        <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
        {query.isPending && <Loading rows={8} />}
      </Page>
    );
  const title = `${t(`meetingKind.${meeting.kind}`)} · ${meeting.heldOn}`;
  const items = meeting.items ?? [];
  const dropped = items.filter((item) => item.dropped);
  const decisions = meeting.decisions ?? [];
  return (
    <Page title={title} actions={<Ways meeting={meeting} title={title} />}>
      <Panel>
        <Facts
          items={[
            {
              label: t('meetings.status'),
              value: <span className="tag">{t(`meetingStatus.${meeting.status}`)}</span>,
            },
            {
              label: t('meetings.time'),
              value: (
                <>
                  <Day date={meeting.heldOn} /> {meeting.startsAt}
                </>
              ),
            },
            { label: t('meetings.place'), value: meeting.place ?? t('common.none') },
            { label: t('meetings.chair'), value: meeting.chair },
            { label: t('meetings.cutOffAt'), value: <When at={meeting.cutOffAt} /> },
            meeting.issuedAt !== undefined && { label: t('meetings.issuedAt'), value: <When at={meeting.issuedAt} /> },
            meeting.attendees !== undefined && {
              label: t('meetings.attendees'),
              value: meeting.attendees.join(t('common.listSeparator')),
              wide: true,
            },
            meeting.summary !== undefined && {
              label: t('meetings.summary'),
              value: <span className="text">{meeting.summary}</span>,
              wide: true,
            },
            meeting.cancelReason !== undefined && {
              label: t('meetings.cancelReason'),
              value: meeting.cancelReason,
              wide: true,
            },
            meeting.agendaHash !== undefined && {
              label: t('meetings.hash'),
              value: <code className="num hash">{meeting.agendaHash}</code>,
              wide: true,
            },
          ]}
        />
        {meeting.provisional && <p className="hint">{t('meetings.provisional')}</p>}
        <Steps meeting={meeting} />
      </Panel>
      {PARTS.map((part) => (
        <AgendaPart
          key={part}
          part={part}
          meeting={meeting}
          items={items.filter((item) => item.kind === part && !item.dropped)}
        />
      ))}
      {items.length === 0 && meeting.status !== 'cancelled' && (
        <Empty title={t('meetings.nothing')}>{t('meetings.nothingHint')}</Empty>
      )}
      {dropped.length > 0 && (
        <Panel title={t('meetings.dropped')} className="no-print">
          <ul className="plain-list">
            {dropped.map((item) => (
              <li key={item.id} className="agenda-item">
                <div>
                  <ItemText item={item} />
                  <p className="row-notes muted">
                    {item.dropped?.reason} · {item.dropped?.by.name}
                  </p>
                </div>
                <ItemActions meeting={meeting} item={item} />
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {(decisions.length > 0 || meeting.allowedActions.includes('minute')) && (
        <section className="decisions" aria-labelledby="decisions-title">
          <h2 id="decisions-title">{t('meetings.decisions')}</h2>
          {decisions.map((action) => (
            <ActionCard key={action.id} action={action} />
          ))}
          {decisions.length === 0 && <p className="muted">{t('meetings.noDecisions')}</p>}
          {meeting.allowedActions.includes('minute') && (
            <Panel title={t('meetings.decide')} className="no-print">
              <DecisionForm meeting={meeting} projects={projectsOf(items)} />
            </Panel>
          )}
        </section>
      )}
    </Page>
  );
}

/** The projects that an agenda is about, each once. */
function projectsOf(items: AgendaItem[]) {
  const seen = new Map<string, string>();
  for (const { project } of items) if (project?.id) seen.set(project.id, project.name);
  return [...seen].map(([value, label]) => ({ value, label }));
}

/** Ways to show, print and take away. */
function Ways({ meeting, title }: { meeting: Meeting; title: string }) {
  const { t } = useTranslation();
  if (meeting.status === 'cancelled') return null;
  return (
    <>
      <DocumentMenu
        address={`meetings/${meeting.id}/agenda`}
        title={`${title} ${t('meetings.document.agenda')}`}
        label={t('meetings.document.agenda')}
      />
      {meeting.status !== 'planned' && (
        <DocumentMenu
          address={`meetings/${meeting.id}/minutes`}
          title={`${title} ${t('meetings.document.minutes')}`}
          label={t('meetings.document.minutes')}
        />
      )}
      <Button icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
        {t('receipt.print')}
      </Button>
      <LinkButton to={`/meetings/${meeting.id}/wall`} icon={<DesktopOutlined aria-hidden />}>
        {t('meetings.wall')}
      </LinkButton>
    </>
  );
}

/** What the server says this person may do with the meeting now. */
function Steps({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const take = useMeetingStep();
  const key = useIdempotencyKey();
  const [asking, setAsking] = useState<'edit' | 'issue' | 'close' | 'cancel' | 'add' | 'minutes' | null>(null);
  const may = (step: string) => meeting.allowedActions.includes(step);
  const close = () => setAsking(null);
  const run = async (act: MeetingAct) => {
    await take.mutateAsync({ id: meeting.id, version: meeting.version ?? 0, act, key: key.keyFor(act) });
    message.success(t('meetings.saved'));
  };
  if (meeting.allowedActions.length === 0) return null;
  return (
    <div className="actions no-print">
      {may('issue') && (
        <Button type="primary" onClick={() => setAsking('issue')}>
          {t('meetings.issue')}
        </Button>
      )}
      {may('edit') && <Button onClick={() => setAsking('add')}>{t('meetings.addItem')}</Button>}
      {may('edit') && <Button onClick={() => setAsking('edit')}>{t('meetings.edit')}</Button>}
      {may('minute') && <Button onClick={() => setAsking('minutes')}>{t('meetings.minutes')}</Button>}
      {may('close') && <Button onClick={() => setAsking('close')}>{t('meetings.close')}</Button>}
      {may('cancel') && (
        <Button danger onClick={() => setAsking('cancel')}>
          {t('meetings.cancel')}
        </Button>
      )}
      {asking === 'edit' && <PlanDialog meeting={meeting} onClose={close} />}
      {asking === 'add' && <AddItem meeting={meeting} onClose={close} />}
      {asking === 'minutes' && <MinutesDialog meeting={meeting} onClose={close} onSave={run} />}
      {(asking === 'issue' || asking === 'close') && (
        <ConfirmDialog
          title={t(`meetings.${asking}`)}
          confirm={t(`meetings.${asking}`)}
          onClose={close}
          onConfirm={() => run({ step: asking })}
        >
          <p>{t(`meetings.ask.${asking}`)}</p>
        </ConfirmDialog>
      )}
      {asking === 'cancel' && (
        <ReasonDialog
          open
          danger
          title={t('meetings.cancel')}
          confirm={t('meetings.cancel')}
          onClose={close}
          onConfirm={(reason) => run({ step: 'cancel', reason })}
        />
      )}
    </div>
  );
}

/** Who was there, and what else the minutes say. */
function MinutesDialog({
  meeting,
  onClose,
  onSave,
}: {
  meeting: Meeting;
  onClose: () => void;
  onSave: (act: MeetingAct) => Promise<unknown>;
}) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ attendees?: string; summary?: string }>();
  const { busy, error, left, send } = useDialogForm(form);
  return (
    <FormDialog form={form} title={t('meetings.minutes')} action={t('meetings.save')} busy={busy} onClose={onClose}>
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="minutes"
        layout="vertical"
        initialValues={{ attendees: meeting.attendees?.join('\n'), summary: meeting.summary }}
        onFinish={(values) =>
          void send(async () => {
            await onSave({ step: 'minute', attendees: lines(values.attendees), summary: values.summary?.trim() ?? '' });
            onClose();
          })
        }
      >
        <Form.Item name="attendees" label={t('meetings.present')} extra={t('meetings.attendeesHint')}>
          <Input.TextArea rows={4} />
        </Form.Item>
        <Form.Item name="summary" label={t('meetings.summary')}>
          <Input.TextArea rows={6} {...limit(10000)} />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}

/** Puts something on the agenda that the facts do not. */
function AddItem({ meeting, onClose }: { meeting: Meeting; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ projectId?: string; title: string; note?: string; reason: string }>();
  const [itemId] = useState(() => crypto.randomUUID().replaceAll('-', ''));
  const changeItem = useChangeItem();
  const { busy, error, left, send } = useDialogForm(form);
  const required = (text: string) => [{ required: true, whitespace: true, message: text }];
  return (
    <FormDialog form={form} title={t('meetings.addItem')} busy={busy} onClose={onClose}>
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="agenda-item"
        layout="vertical"
        onFinish={(values) =>
          void send(async () => {
            await changeItem.mutateAsync({
              id: meeting.id,
              version: meeting.version ?? 0,
              itemId,
              change: 'put',
              title: values.title,
              projectId: values.projectId,
              note: values.note,
              reason: values.reason,
            });
            message.success(t('meetings.saved'));
            onClose();
          })
        }
      >
        <Form.Item name="projectId" label={t('meetings.itemProject')} extra={t('meetings.itemProjectHint')}>
          <ProjectSelect
            onChoose={(name) => {
              if (name && !form.isFieldTouched('title')) form.setFieldValue('title', name);
            }}
          />
        </Form.Item>
        <Form.Item name="title" label={t('meetings.itemTitle')} rules={required(t('meetings.itemTitleRequired'))}>
          <Input {...limit(200)} />
        </Form.Item>
        <Form.Item name="note" label={t('meetings.note')}>
          <Input.TextArea rows={2} {...limit(2000)} />
        </Form.Item>
        <Form.Item name="reason" label={t('reason.label')} rules={required(t('reason.required'))}>
          <Input.TextArea rows={2} {...limit(2000)} />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}

/** The items of one kind; projects by the list on which they stood. */
function AgendaPart({ part, meeting, items }: { part: (typeof PARTS)[number]; meeting: Meeting; items: AgendaItem[] }) {
  const { t } = useTranslation();
  if (items.length === 0) return null;
  const groups = new Map<string, AgendaItem[]>();
  for (const item of items) {
    const stage = part === 'project' && item.project?.stage ? t(`stage.${item.project.stage}`) : '';
    groups.set(stage, [...(groups.get(stage) ?? []), item]);
  }
  return (
    <Panel title={t(`meetings.part.${part}`)}>
      {[...groups].map(([list, own]) => (
        <div key={list}>
          {list && (
            <h3 className="list-title">
              {list} <span className="muted num">{own.length}</span>
            </h3>
          )}
          <ol className="plain-list agenda-items">
            {own.map((item) => (
              <li key={item.id} className="agenda-item">
                <div>
                  <ItemText item={item} />
                  {item.note && <p className="row-notes text">{item.note}</p>}
                  {item.added && (
                    <p className="row-notes muted">{t('meetings.addedFor', { reason: item.added.reason })}</p>
                  )}
                </div>
                <ItemActions meeting={meeting} item={item} />
              </li>
            ))}
          </ol>
        </div>
      ))}
    </Panel>
  );
}

function ItemText({ item }: { item: AgendaItem }) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const { project, problem, action } = item;
  const name = project?.id ? <Link to={`/projects/${project.id}`}>{project.name}</Link> : project?.name;
  return (
    <>
      <div className="split">
        <span className="text">
          {problem?.title ?? action?.text ?? item.title ?? name}
          {item.kind !== 'project' && name && <> · {name}</>}
        </span>
        {item.kind === 'project' && project?.totalInvestment && <Amount money={project.totalInvestment} digits={2} />}
      </div>
      <p className="row-notes">
        {project?.jurisdiction && <span>{unit(project.jurisdiction)}</span>}
        {item.kind === 'project' && <span>{project?.investors.join(t('common.listSeparator'))}</span>}
        {problem && (
          <>
            <span className="tag">{t(`problemKind.${problem.kind}`)}</span>
            <span>{problem.department ? unit(problem.department) : t('problems.noDepartment')}</span>
            <span className="tag flag">{t('meetings.overdueFor', { count: problem.overdueFor })}</span>
          </>
        )}
        {action && (
          <>
            <span>{unit(action.owner)}</span>
            <span>
              {t('actions.dueOn')} <Day date={action.dueOn} />
            </span>
            <span className="tag flag">{t('actions.carried', { count: action.carried })}</span>
          </>
        )}
      </p>
    </>
  );
}

/** Takes an item off, with a reason, or puts it back, as long as the agenda is not issued. */
function ItemActions({ meeting, item }: { meeting: Meeting; item: AgendaItem }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const changeItem = useChangeItem();
  if (!meeting.allowedActions.includes('edit')) return null;
  const act = item.dropped ? 'putBack' : 'drop';
  const what = item.problem?.title ?? item.action?.text ?? item.title ?? item.project?.name ?? '';
  return (
    <div className="actions no-print">
      <Button
        size="small"
        aria-label={t('problems.stepOf', { step: t(`meetings.${act}`), title: what })}
        onClick={() => setOpen(true)}
      >
        {t(`meetings.${act}`)}
      </Button>
      {open && (
        <ReasonDialog
          open
          title={t('problems.stepOf', { step: t(`meetings.${act}`), title: what })}
          confirm={t(`meetings.${act}`)}
          onClose={() => setOpen(false)}
          onConfirm={async (reason) => {
            const where = { id: meeting.id, version: meeting.version ?? 0, itemId: item.id };
            await changeItem.mutateAsync(
              item.dropped
                ? { ...where, change: 'put', title: item.title, projectId: item.project?.id, reason }
                : { ...where, change: 'drop', reason },
            );
            message.success(t('meetings.saved'));
          }}
        />
      )}
    </div>
  );
}
