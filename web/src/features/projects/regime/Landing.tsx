import { useQuery } from '@tanstack/react-query';
import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Project } from '@/api/types';
import { FormDialog } from '@/shared/FormDialog';
import { JurisdictionSelect } from '@/shared/JurisdictionSelect';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useIdempotencyKey } from '@/shared/submission';
import { useUnitName } from '@/shared/units';
import { useDialogForm } from '@/shared/useDialogForm';
import { landingQuery, useCorrectLanding } from './queries';
import { limit } from '@/shared/limit';

/** The unit where a signed project landed, which the centre corrects (R43). */
export function Landing({ project }: { project: Project }) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const query = useQuery(landingQuery(project.id));
  const [correcting, setCorrecting] = useState(false);
  const landing = query.data;
  if (!landing) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  const may = landing.allowedActions.includes('correct');
  if (!may && !landing.corrected) return null;
  return (
    <div className="regime-entry">
      <p>
        {t('landing.unit')}: {unit(landing.unit)}
        {landing.corrected && <span className="tag"> {t('landing.corrected')}</span>}
      </p>
      {may && (
        <Button size="small" onClick={() => setCorrecting(true)}>
          {t('landing.correct')}
        </Button>
      )}
      {correcting && (
        <LandingDialog projectId={project.id} version={landing.version} onClose={() => setCorrecting(false)} />
      )}
    </div>
  );
}

interface Values {
  jurisdictionId: string;
  reason: string;
}

function LandingDialog({ projectId, version, onClose }: { projectId: string; version: number; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const correct = useCorrectLanding(projectId);
  const key = useIdempotencyKey();
  const { busy, error, left, send } = useDialogForm(form);
  const submit = (values: Values) =>
    send(async () => {
      const landing = { jurisdictionId: values.jurisdictionId, reason: values.reason.trim() };
      await correct.mutateAsync({ landing, version, key: key.keyFor(landing) });
      message.success(t('landing.done'));
      onClose();
    });
  return (
    <FormDialog form={form} title={t('landing.correct')} busy={busy} onClose={onClose}>
      <p>{t('landing.text')}</p>
      <ProblemAlert error={error} fields={left} />
      <Form form={form} name="landing" layout="vertical" onFinish={(values) => void submit(values)}>
        <Form.Item
          name="jurisdictionId"
          label={t('landing.unit')}
          rules={[{ required: true, message: t('transfers.receiverRequired') }]}
        >
          <JurisdictionSelect reportingOnly placeholder={t('landing.unit')} />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('reason.label')}
          rules={[{ required: true, whitespace: true, message: t('reason.required') }]}
        >
          <Input.TextArea rows={3} {...limit(2000)} />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}
