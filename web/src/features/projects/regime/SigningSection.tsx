import { useQuery } from '@tanstack/react-query';
import { App, Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Project, SigningNotice } from '@/api/types';
import { Amount, useMoneyText } from '@/shared/Amount';
import { AmountInput } from '@/shared/AmountInput';
import { DateInput } from '@/shared/DateInput';
import { today } from '@/shared/dates';
import { amountToMoney, isAmount, moneyToAmount, type AmountText } from '@/shared/money';
import { FormDialog } from '@/shared/FormDialog';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { DocumentMenu } from '@/shared/DocumentMenu';
import { ReasonDialog } from '@/shared/ReasonDialog';
import { useIdempotencyKey } from '@/shared/submission';
import { useDialogForm } from '@/shared/useDialogForm';
import { Day } from '@/shared/When';
import { Section } from './Section';
import { signingNoticesQuery, useFileNotice, useNoticeStep } from './queries';
import { limit } from '@/shared/limit';

/** Notice of the signing to the centre. */
export function SigningSection({ project }: { project: Project }) {
  const { t } = useTranslation();
  const can = useCan();
  const query = useQuery({ ...signingNoticesQuery(project.id), enabled: can('read-signing-notices') });
  const [filing, setFiling] = useState(false);
  const notices = query.data ?? [];
  const mayFile = project.allowedActions?.includes('file-notice') ?? false;
  if (!can('read-signing-notices') || (notices.length === 0 && !mayFile)) return null;
  const last = notices[0];
  return (
    <Section title={t('signings.section')} state={last ? <State notice={last} /> : t('signings.none')}>
      {notices.map((notice) => (
        <Entry key={notice.id} notice={notice} />
      ))}
      {notices.length === 0 && <p className="muted">{t('signings.noneHint')}</p>}
      {mayFile && (
        <div className="actions">
          <Button onClick={() => setFiling(true)}>
            {last?.status === 'open' ? t('signings.fileAnew') : t('signings.file')}
          </Button>
        </div>
      )}
      {filing && <FileDialog project={project} onClose={() => setFiling(false)} />}
    </Section>
  );
}

function State({ notice }: { notice: SigningNotice }) {
  const { t } = useTranslation();
  return (
    <>
      {t(`noticeStatus.${notice.status}`)} · <Day date={notice.signedOn ?? notice.plannedSigningOn} />{' '}
      <span className={notice.timely || notice.waived ? 'tag' : 'tag flag'}>
        {notice.waived
          ? t('signings.waived')
          : notice.timely
            ? t('signings.daysAhead', { count: notice.daysAhead })
            : t('signings.lateBy', { count: notice.daysAhead })}
      </span>
    </>
  );
}

function Entry({ notice }: { notice: SigningNotice }) {
  const { t } = useTranslation();
  const step = useNoticeStep();
  const key = useIdempotencyKey();
  const [asking, setAsking] = useState<'cancel' | 'waive' | null>(null);
  return (
    <div className="regime-entry">
      <p>
        <State notice={notice} />
      </p>
      <p className="hint">
        {t('signings.filedOn')} <Day date={notice.filedOn} /> · {notice.parties} ·{' '}
        <Amount money={notice.agreedAmount} />
        {notice.place && ` · ${notice.place}`}
        {notice.leadersWanted && ` · ${notice.leadersWanted.join(t('common.listSeparator'))}`}
      </p>
      {notice.waived && <p className="hint">{t('signings.waivedFor', { reason: notice.waived.reason })}</p>}
      {notice.endReason && <p className="hint">{notice.endReason}</p>}
      <div className="actions">
        <DocumentMenu
          address={`signing-notices/${notice.id}/form`}
          title={`${t('signings.form')}-${notice.projectCode}`}
          label={t('signings.form')}
        />
        {(['waive', 'cancel'] as const)
          .filter((each) => notice.allowedActions.includes(each))
          .map((each) => (
            <Button key={each} size="small" onClick={() => setAsking(each)}>
              {t(`signings.step.${each}`)}
            </Button>
          ))}
      </div>
      {asking && (
        <ReasonDialog
          open
          title={t(`signings.step.${asking}`)}
          confirm={t(`signings.step.${asking}`)}
          onClose={() => setAsking(null)}
          onConfirm={(reason) =>
            step.mutateAsync({
              id: notice.id,
              version: notice.version,
              step: asking,
              reason,
              key: key.keyFor({ asking, reason }),
            })
          }
        />
      )}
    </div>
  );
}

interface Values {
  plannedSigningOn: string;
  parties: string;
  amount?: AmountText;
  place?: string;
  leaders?: string[];
}

function FileDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const money = useMoneyText();
  const [form] = Form.useForm<Values>();
  const file = useFileNotice(project.id);
  const key = useIdempotencyKey();
  const { busy, error, left, send } = useDialogForm(form);
  const submit = (values: Values) =>
    send(async () => {
      const notice = {
        plannedSigningOn: values.plannedSigningOn,
        parties: values.parties.trim(),
        agreedAmount: amountToMoney(values.amount),
        place: values.place?.trim() || undefined,
        leadersWanted: values.leaders?.length ? values.leaders : undefined,
      };
      await file.mutateAsync({ notice, key: key.keyFor(notice) });
      message.success(t('signings.filed'));
      onClose();
    });
  return (
    <FormDialog form={form} title={t('signings.file')} busy={busy} onClose={onClose}>
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="signing-notice"
        layout="vertical"
        initialValues={{
          plannedSigningOn: project.plannedSigningOn,
          amount: moneyToAmount(project.totalInvestment, money.powers),
        }}
        onFinish={(values) => void submit(values)}
      >
        <Form.Item
          name="plannedSigningOn"
          label={t('signings.plannedOn')}
          rules={[{ required: true, message: t('form.dateRequired') }]}
        >
          <DateInput min={today()} />
        </Form.Item>
        <Form.Item
          name="parties"
          label={t('signings.parties')}
          rules={[{ required: true, whitespace: true, message: t('signings.partiesRequired') }]}
        >
          <Input {...limit(500)} />
        </Form.Item>
        <Form.Item
          name="amount"
          label={t('signings.amount')}
          rules={[
            {
              validator: (_, value: AmountText | undefined) =>
                isAmount(value) ? Promise.resolve() : Promise.reject(new Error(t('amount.unreadable'))),
            },
          ]}
        >
          <AmountInput label={t('signings.amount')} />
        </Form.Item>
        <Form.Item name="place" label={t('signings.place')}>
          <Input {...limit(200)} />
        </Form.Item>
        <Form.Item name="leaders" label={t('signings.leaders')}>
          <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={['、', ',', '，']} />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}
