import { useQuery } from '@tanstack/react-query';
import { App, Button, Form, InputNumber, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CreditAgreement, FileRef, Project } from '@/api/types';
import { today } from '@/shared/dates';
import { FileInput } from '@/shared/FileInput';
import { FormDialog } from '@/shared/FormDialog';
import { JurisdictionSelect } from '@/shared/JurisdictionSelect';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { ReasonDialog } from '@/shared/ReasonDialog';
import { useIdempotencyKey } from '@/shared/submission';
import { useUnitName } from '@/shared/units';
import { useDialogForm } from '@/shared/useDialogForm';
import { Day } from '@/shared/When';
import { Landing } from './Landing';
import { Section } from './Section';
import { agreementsQuery, projectCreditQuery, useAgreementStep, useProposeAgreement } from './queries';

const INDICATOR = {
  signed: 'projects-signed',
  registered: 'projects-registered',
  started: 'projects-started',
  'in-production': 'projects-in-production',
} as const;

/** Who is credited with the project, and by which agreement. */
export function CreditSection({ project }: { project: Project }) {
  const { t } = useTranslation();
  const can = useCan();
  const unit = useUnitName();
  const stage = project.stage === 'in-talks' || project.stage === 'terminated' ? undefined : project.stage;
  const dates = project.stageDates;
  const on =
    stage === 'signed'
      ? dates?.signed
      : stage === 'registered'
        ? dates?.registered
        : stage === 'started'
          ? dates?.started
          : dates?.inProduction;
  const period = (on ?? today()).slice(0, 4);
  const indicator = stage ? INDICATOR[stage] : 'projects-signed';
  const enabled = can('read-credit') && !project.summary;
  const rows = useQuery({
    ...projectCreditQuery(project.id, period, indicator),
    enabled: enabled && stage !== undefined,
  });
  const agreements = useQuery({ ...agreementsQuery(project.id), enabled });
  const [proposing, setProposing] = useState(false);
  const mayPropose = project.allowedActions?.includes('propose-agreement') ?? false;
  if (!enabled) return null;
  const credited = (rows.data ?? []).filter((row) => !row.reversal && !row.reversed);
  const inForce = agreements.data?.find((agreement) => agreement.status === 'approved');
  return (
    <Section
      title={t('credit.section')}
      state={
        credited.length > 0
          ? credited.map((row) => `${unit(row.unit)} ${row.shareBp / 100} %`).join(' · ')
          : inForce
            ? t('agreement.inForce')
            : t('credit.notYet')
      }
    >
      {credited.map((row) => (
        <p key={`${row.unit.id}-${row.role}`} className="regime-entry text">
          {row.explanation}
        </p>
      ))}
      {credited.length === 0 && <p className="muted">{t('credit.notYetHint')}</p>}
      {stage && <Landing project={project} />}
      {(agreements.data ?? []).map((agreement) => (
        <Agreement key={agreement.id} agreement={agreement} />
      ))}
      <div className="actions">
        {credited.length > 0 && (
          <Link to={`/credit?period=${period}&indicator=${indicator}&by=project&project=${project.id}`}>
            {t('credit.openRows')}
          </Link>
        )}
        {mayPropose && <Button onClick={() => setProposing(true)}>{t('agreement.propose')}</Button>}
      </div>
      {proposing && <AgreementDialog project={project} onClose={() => setProposing(false)} />}
    </Section>
  );
}

function Agreement({ agreement }: { agreement: CreditAgreement }) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const { message } = App.useApp();
  const step = useAgreementStep();
  const key = useIdempotencyKey();
  const [ending, setEnding] = useState(false);
  return (
    <div className="regime-entry">
      <p>
        <span className="tag">{t(`agreementStatus.${agreement.status}`)}</span>{' '}
        {agreement.shares.map((share) => `${unit(share.unit)} ${share.bp / 100} %`).join(' · ')} ·{' '}
        {t('agreement.years', { count: agreement.years })}
        {agreement.until && (
          <>
            {' '}
            {t('agreement.until')} <Day date={agreement.until} />
          </>
        )}
      </p>
      {agreement.endReason && <p className="hint text">{agreement.endReason}</p>}
      <div className="actions">
        {agreement.allowedActions.includes('approve') && (
          <Button
            size="small"
            type="primary"
            loading={step.isPending}
            onClick={() =>
              step.mutate(
                { id: agreement.id, version: agreement.version, step: 'approve', key: key.keyFor('approve') },
                { onError: (error) => void message.error(error.message) },
              )
            }
          >
            {t('agreement.approve')}
          </Button>
        )}
        {agreement.allowedActions.includes('end') && (
          <Button size="small" onClick={() => setEnding(true)}>
            {t('agreement.end')}
          </Button>
        )}
      </div>
      {ending && (
        <ReasonDialog
          open
          title={t('agreement.end')}
          confirm={t('agreement.end')}
          onClose={() => setEnding(false)}
          onConfirm={(reason) =>
            step.mutateAsync({
              id: agreement.id,
              version: agreement.version,
              step: 'end',
              reason,
              key: key.keyFor({ reason }),
            })
          }
        />
      )}
    </div>
  );
}

interface Values {
  shares: { unit?: string; percent?: number }[];
  years: number;
  files?: FileRef[];
}

function AgreementDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const propose = useProposeAgreement(project.id);
  const key = useIdempotencyKey();
  const { busy, error, left, send } = useDialogForm(form);
  const submit = (values: Values) =>
    send(async () => {
      const agreement = {
        shares: values.shares.map((share) => ({
          jurisdictionId: share.unit ?? '',
          bp: Math.round((share.percent ?? 0) * 100),
        })),
        years: values.years,
        fileId: values.files?.[0]?.id ?? '',
      };
      await propose.mutateAsync({ agreement, key: key.keyFor(agreement) });
      message.success(t('agreement.proposed'));
      onClose();
    });
  return (
    <FormDialog form={form} title={t('agreement.propose')} busy={busy} onClose={onClose}>
      <p>{t('agreement.text')}</p>
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="agreement"
        layout="vertical"
        initialValues={{ shares: [{ unit: project.owner.id, percent: 50 }, { percent: 50 }], years: 5 }}
        onFinish={(values) => void submit(values)}
      >
        <Form.List name="shares">
          {(fields, { add }) => (
            <>
              {fields.map((field) => (
                <Space.Compact key={field.key} block>
                  <Form.Item
                    name={[field.name, 'unit']}
                    label={t('agreement.unit')}
                    className="agreement-unit"
                    rules={[{ required: true, message: t('transfers.receiverRequired') }]}
                  >
                    <JurisdictionSelect reportingOnly placeholder={t('agreement.unit')} />
                  </Form.Item>
                  <Form.Item
                    name={[field.name, 'percent']}
                    label={t('agreement.percent')}
                    rules={[{ required: true, message: t('agreement.percentRequired') }]}
                  >
                    <InputNumber min={0.01} max={99.99} step={5} precision={2} />
                  </Form.Item>
                </Space.Compact>
              ))}
              <Button onClick={() => add({})}>{t('agreement.addUnit')}</Button>
            </>
          )}
        </Form.List>
        <Form.Item
          name="years"
          label={t('agreement.yearsLabel')}
          rules={[{ required: true, message: t('agreement.yearsRequired') }]}
        >
          <InputNumber min={1} max={50} precision={0} />
        </Form.Item>
        <Form.Item
          name="files"
          label={t('agreement.contract')}
          rules={[{ required: true, message: t('agreement.contractRequired') }]}
        >
          <FileInput label={t('agreement.contract')} />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}
