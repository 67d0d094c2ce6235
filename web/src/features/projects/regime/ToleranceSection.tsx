import { PrinterOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import type { FileRef, Project, Stage, TolerancePaper } from '@/api/types';
import { DateInput } from '@/shared/DateInput';
import { today } from '@/shared/dates';
import { FileInput } from '@/shared/FileInput';
import { FileLink } from '@/shared/FileLink';
import { FormDialog } from '@/shared/FormDialog';
import { LinkButton } from '@/shared/LinkButton';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { useIdempotencyKey } from '@/shared/submission';
import { useDialogForm } from '@/shared/useDialogForm';
import { Day } from '@/shared/When';
import { Section } from './Section';
import { toleranceQuery } from './queries';
import { limit } from '@/shared/limit';

const PAPERS: readonly TolerancePaper[] = ['admission-argument', 'risk-assessment', 'collective-decision'];

/** What the unit has attached to a termination that it could not help, and what is missing; nothing is judged. */
export function ToleranceSection({ project }: { project: Project }) {
  const { t } = useTranslation();
  const can = useCan();
  const [attaching, setAttaching] = useState(false);
  const query = useQuery({
    ...toleranceQuery(project.id),
    enabled: can('read-tolerance-file') && project.stage === 'terminated' && !project.summary,
  });
  const file = query.data;
  if (!file?.applies) return null;
  return (
    <Section
      title={t('tolerance.title')}
      state={<span className="tag">{t('tolerance.there', { n: PAPERS.length - file.missing.length })}</span>}
      open
    >
      <p className="hint">{t('tolerance.hint')}</p>
      <ul className="plain-list">
        {file.papers.map((paper) => (
          <li key={paper.id}>
            <div className="split">
              <strong>{t(`tolerance.paper.${paper.kind}`)}</strong>
              <span>
                {t('tolerance.datedOn')} <Day date={paper.datedOn} />
              </span>
            </div>
            <p className="row-notes">
              <span className="muted">
                {t('tolerance.supports', { step: t(`stage.${paper.supports}`) })} <Day date={paper.stepOn} />
              </span>{' '}
              {paper.files.map((each) => (
                <FileLink key={each.id} id={each.id} name={each.name} />
              ))}{' '}
              {paper.note && <span>{paper.note}</span>}
            </p>
          </li>
        ))}
        {file.missing.map((kind) => (
          <li key={kind} className="split">
            <span>{t(`tolerance.paper.${kind}`)}</span>
            <span className="tag flag">{t('tolerance.missing')}</span>
          </li>
        ))}
      </ul>
      <div className="actions">
        {file.allowedActions.includes('attach') && (
          <Button onClick={() => setAttaching(true)}>{t('tolerance.attach')}</Button>
        )}
        <LinkButton icon={<PrinterOutlined aria-hidden />} to={`/projects/${project.id}/fault-tolerance`}>
          {t('tolerance.toSheet')}
        </LinkButton>
      </div>
      {attaching && <AttachDialog project={project} onClose={() => setAttaching(false)} />}
    </Section>
  );
}

interface Values {
  kind: TolerancePaper;
  datedOn: string;
  supports: Stage;
  note?: string;
  files?: FileRef[];
}

function AttachDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const key = useIdempotencyKey();
  const { busy, error, left, send } = useDialogForm(form);
  const days = project.stageDates;
  const steps: Stage[] = [
    ...(days?.inTalks ? (['in-talks'] as const) : []),
    ...(days?.signed ? (['signed'] as const) : []),
    ...(days?.registered ? (['registered'] as const) : []),
    ...(days?.started ? (['started'] as const) : []),
    'terminated',
  ];
  const attach = useMutation({
    mutationFn: ({ key: idempotencyKey, ...paper }: Omit<Values, 'files'> & { files: string[]; key: string }) =>
      body(
        client.POST('/api/v1/projects/{id}/fault-tolerance', {
          params: { path: { id: project.id }, header: { 'Idempotency-Key': idempotencyKey } },
          body: paper,
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['projects'] }),
  });
  const submit = (values: Values) =>
    send(async () => {
      const paper = {
        kind: values.kind,
        datedOn: values.datedOn,
        supports: values.supports,
        note: values.note?.trim() ? values.note.trim() : undefined,
        files: (values.files ?? []).map((each) => each.id),
      };
      await attach.mutateAsync({ ...paper, key: key.keyFor(paper) });
      message.success(t('tolerance.done'));
      onClose();
    });
  return (
    <FormDialog form={form} title={t('tolerance.attach')} busy={busy} onClose={onClose}>
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="tolerance"
        layout="vertical"
        initialValues={{ kind: PAPERS[0], supports: 'terminated' }}
        onFinish={(values) => void submit(values)}
      >
        <Form.Item name="kind" label={t('tolerance.kind')}>
          <Select options={PAPERS.map((kind) => ({ value: kind, label: t(`tolerance.paper.${kind}`) }))} />
        </Form.Item>
        <Form.Item
          name="datedOn"
          label={t('tolerance.datedOn')}
          rules={[{ required: true, message: t('form.dateRequired') }]}
        >
          <DateInput max={today()} />
        </Form.Item>
        <Form.Item name="supports" label={t('tolerance.step')}>
          <Select options={steps.map((step) => ({ value: step, label: t(`stage.${step}`) }))} />
        </Form.Item>
        <Form.Item name="note" label={t('tolerance.note')}>
          <Input.TextArea rows={2} {...limit(2000)} />
        </Form.Item>
        <Form.Item
          name="files"
          label={t('files.title')}
          rules={[{ required: true, message: t('tolerance.fileRequired') }]}
        >
          <FileInput label={t('files.title')} />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}
