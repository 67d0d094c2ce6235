import { Button, Form, Input, Modal, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Project } from '@/api/types';
import { CONTACT_KINDS } from '@/shared/ContactsFields';
import { DateInput } from '@/shared/DateInput';
import { today } from '@/shared/dates';
import { useRefreshed } from '@/shared/moves/queries';
import { useCan } from '@/shared/queries';
import { inState, runTasks, type Outcome, type Outcomes, type Task } from './bulk';
import { progressTasks, verifyTasks, type Progress } from './bulkTasks';
import type { Layout } from './columns';
import { ExportButton } from './ExportButton';
import type { Sort } from './listState';
import { useSum } from './Sums';
import { limit } from '@/shared/limit';

/** As many picked projects as the export takes by name. */
const MOST = 200;

/** What can be done with the rows that are picked. */
export function BulkBar({
  rows,
  layout,
  sort,
  onClear,
}: {
  rows: Project[];
  layout: Layout;
  sort: Sort;
  onClear: () => void;
}) {
  const { t } = useTranslation();
  const can = useCan();
  const sum = useSum();
  const [open, setOpen] = useState<'progress' | 'verify' | null>(null);
  return (
    <div className="bulk-bar" role="region" aria-label={t('bulk.selected', { n: rows.length })}>
      <strong className="num">{t('bulk.selected', { n: rows.length })}</strong>
      <span className="num">{t('bulk.sum', { sum: sum(rows.map((row) => row.totalInvestment)) })}</span>
      {can('decide-move') && <Button onClick={() => setOpen('verify')}>{t('bulk.verify')}</Button>}
      {can('record-progress') && <Button onClick={() => setOpen('progress')}>{t('bulk.progress')}</Button>}
      {can('export-projects') && rows.length <= MOST && (
        <ExportButton values={{ sort }} layout={layout} ids={rows.map((row) => row.id)} label={t('bulk.export')} />
      )}
      {can('export-projects') && rows.length > MOST && <span className="hint">{t('bulk.tooMany', { n: MOST })}</span>}
      <Button type="text" onClick={onClear}>
        {t('bulk.clear')}
      </Button>
      {open === 'verify' && <VerifyDialog rows={rows} onClose={() => setOpen(null)} />}
      {open === 'progress' && <ProgressDialog rows={rows} onClose={() => setOpen(null)} />}
    </div>
  );
}

function VerifyDialog({ rows, onClose }: { rows: Project[]; onClose: () => void }) {
  const { t } = useTranslation();
  const [tasks] = useState(() =>
    verifyTasks(rows, (row) => t('bulk.verifyRow', { stage: row.pendingMove ? t(`stage.${row.pendingMove.to}`) : '' })),
  );
  return (
    <Modal open width={680} title={t('bulk.verifyTitle')} onCancel={onClose} mask={{ closable: false }} footer={null}>
      {tasks.length === 0 ? <p>{t('bulk.verifyNone')}</p> : <Work tasks={tasks} onClose={onClose} />}
    </Modal>
  );
}

function ProgressDialog({ rows, onClose }: { rows: Project[]; onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Progress>();
  const [tasks, setTasks] = useState<Task[] | null>(null);
  return (
    <Modal open width={680} title={t('bulk.progressTitle')} onCancel={onClose} mask={{ closable: false }} footer={null}>
      <div hidden={tasks !== null}>
        <Form
          form={form}
          name="bulk-progress"
          layout="vertical"
          onFinish={({ kind, occurredOn, note }) =>
            setTasks(progressTasks(rows, { kind, occurredOn, note: note.trim() }))
          }
        >
          <Form.Item
            name="kind"
            label={t('contact.kind')}
            rules={[{ required: true, message: t('progress.kindRequired') }]}
          >
            <Select options={CONTACT_KINDS.map((kind) => ({ value: kind, label: t(`contactKind.${kind}`) }))} />
          </Form.Item>
          <Form.Item
            name="occurredOn"
            label={t('contact.occurredOn')}
            rules={[{ required: true, message: t('form.dateRequired') }]}
          >
            <DateInput max={today()} />
          </Form.Item>
          <Form.Item
            name="note"
            label={t('progress.note')}
            rules={[{ required: true, whitespace: true, message: t('progress.noteRequired') }]}
          >
            <Input.TextArea rows={3} {...limit(10_000)} />
          </Form.Item>
          <Button type="primary" htmlType="submit">
            {t('bulk.check')}
          </Button>{' '}
          <span className="hint">{t('bulk.checkHint')}</span>
        </Form>
      </div>
      {tasks && <Work tasks={tasks} onClose={onClose} onBack={() => setTasks(null)} />}
    </Modal>
  );
}

/** First a dry run of every row, then those that can be done, then those that failed once more. */
function Work({ tasks, onClose, onBack }: { tasks: Task[]; onClose: () => void; onBack?: () => void }) {
  const { t } = useTranslation();
  const refreshed = useRefreshed();
  const [outcomes, setOutcomes] = useState<Outcomes>(new Map());
  const [begun, setBegun] = useState(false);
  const [left, setLeft] = useState(tasks.length);
  const tell = (id: string, outcome: Outcome) => {
    setOutcomes((now) => new Map(now).set(id, outcome));
    setLeft((now) => now - 1);
  };
  useEffect(() => {
    let here = true;
    void runTasks(tasks, true, (id, outcome) => {
      if (here) tell(id, outcome);
    });
    return () => {
      here = false;
      setLeft(tasks.length);
    };
  }, [tasks]);

  const ready = inState(tasks, outcomes, 'ready');
  const done = inState(tasks, outcomes, 'done');
  const failed = inState(tasks, outcomes, 'failed');
  const go = async (which: Task[]) => {
    setBegun(true);
    setLeft(which.length);
    await runTasks(which, false, tell);
    await refreshed();
  };
  return (
    <>
      <p role="status" className="num">
        {left > 0
          ? t('bulk.running', { done: outcomes.size, total: tasks.length })
          : begun
            ? t('bulk.finished', { ok: done.length, failed: failed.length })
            : t('bulk.checked', { ok: ready.length, failed: failed.length })}
      </p>
      <ul className="bulk-rows" tabIndex={0} aria-label={t('bulk.result')}>
        {tasks.map((task) => {
          const outcome = outcomes.get(task.id);
          return (
            <li key={task.id}>
              <span>
                {task.name} {task.what && <span className="hint">{task.what}</span>}
              </span>
              <span className={outcome?.state === 'failed' ? 'tag tag-bad' : outcome ? 'tag tag-ok' : 'tag'}>
                {outcome?.state === 'failed' && !begun
                  ? t('bulk.notPossible')
                  : t(`bulk.${outcome?.state ?? 'waiting'}`)}
              </span>
              {outcome?.state === 'failed' && <p className="bulk-why">{outcome.why}</p>}
            </li>
          );
        })}
      </ul>
      <p className="actions" style={{ margin: '16px 0 0' }}>
        {ready.length > 0 && (
          <Button type="primary" loading={left > 0} onClick={() => void go(ready)}>
            {t('bulk.run', { n: ready.length })}
          </Button>
        )}
        {begun && failed.length > 0 && (
          <Button loading={left > 0} onClick={() => void go(failed)}>
            {t('bulk.retry', { n: failed.length })}
          </Button>
        )}
        {onBack && !begun && <Button onClick={onBack}>{t('bulk.edit')}</Button>}
        <Button onClick={onClose}>{t('bulk.close')}</Button>
      </p>
    </>
  );
}
