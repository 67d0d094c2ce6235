import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import type { FileRef, Project, Referrer } from '@/api/types';
import { Amount } from '@/shared/Amount';
import { FileInput } from '@/shared/FileInput';
import { FormDialog } from '@/shared/FormDialog';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { newKey } from '@/shared/submission';
import { useDialogForm } from '@/shared/useDialogForm';
import { Day, When } from '@/shared/When';
import { isReferred, referrerQuery } from './queries';
import { Section } from './Section';
import { limit } from '@/shared/limit';

const rewardQuery = (id: string) =>
  queryOptions({
    queryKey: ['projects', id, 'referrer', 'reward'],
    queryFn: () => body(client.GET('/api/v1/projects/{id}/referrer/reward', { params: { path: { id } } })),
  });

/** Who brought the project, who has confirmed it, and what the reward would be, step by step. */
export function ReferrerSection({ project }: { project: Project }) {
  const { t } = useTranslation();
  const can = useCan();
  const [asking, setAsking] = useState<'name' | 'confirm' | null>(null);
  const query = useQuery(referrerQuery(project));
  const referrer = query.data?.value;
  const reward = useQuery({ ...rewardQuery(project.id), enabled: Boolean(referrer) });
  const mayName =
    !isReferred(project) &&
    can('name-referrer') &&
    (project.stage === 'in-talks' || project.stage === 'signed') &&
    project.allowedActions?.includes('edit');
  if (!can('read-referrer') || (!query.error && !referrer && !mayName)) return null;
  return (
    <Section
      title={t('referrers.title')}
      state={referrer ? t(`referrers.statusOf.${referrer.status}`) : t('referrers.none')}
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {referrer && (
        <ul className="plain-list">
          <li>
            <strong>{referrer.name ?? t('referrers.erased')}</strong>{' '}
            <span className="tag">{t(`referrers.kindOf.${referrer.kind}`)}</span> {referrer.namedBy.name}{' '}
            <When at={referrer.namedAt} />
          </li>
          <Step label={t('referrers.byInvestor')} at={referrer.investorConfirmedAt} />
          <Step label={t('referrers.byUnit')} at={referrer.unitConfirmedAt} by={referrer.unitConfirmedBy?.name} />
          <Step label={t('referrers.byCentre')} at={referrer.centreConfirmedAt} by={referrer.centreConfirmedBy?.name} />
        </ul>
      )}
      {reward.data && (
        <>
          <h3>{t('referrers.reward')}</h3>
          <p className="hint">{t('referrers.neverPaid')}</p>
          <ul className="plain-list">
            {reward.data.steps.map((step, at) => (
              <li key={at} className="num">
                <Amount money={{ amount: step.part, currency: 'CNY' }} /> × {step.perMille}‰ = {step.reward.toFixed(2)}
              </li>
            ))}
            {reward.data.capped && <li>{t('referrers.capped')}</li>}
            {reward.data.reward !== undefined && (
              <li>
                <strong className="num">
                  {t('referrers.sum')} {reward.data.reward.toFixed(2)}
                </strong>
              </li>
            )}
            {reward.data.claimUntil && (
              <li>
                {t('referrers.claimUntil')} <Day date={reward.data.claimUntil} />
              </li>
            )}
            {reward.data.obstacles.map((each) => (
              <li key={each}>
                <span className="tag flag">{t(`referrers.obstacleOf.${each}`)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <div className="actions">
        {mayName && <Button onClick={() => setAsking('name')}>{t('referrers.name')}</Button>}
        {referrer?.allowedActions.includes('confirm') && (
          <Button type="primary" onClick={() => setAsking('confirm')}>
            {t('referrers.confirm')}
          </Button>
        )}
      </div>
      {asking === 'name' && <NameDialog projectId={project.id} onClose={() => setAsking(null)} />}
      {asking === 'confirm' && query.data && (
        <ConfirmStep
          projectId={project.id}
          referrer={query.data.value}
          etag={query.data.etag}
          onClose={() => setAsking(null)}
        />
      )}
    </Section>
  );
}

function Step({ label, at, by }: { label: string; at?: string; by?: string }) {
  const { t } = useTranslation();
  return (
    <li>
      {label}:{' '}
      {at ? (
        <>
          {by} <When at={at} />
        </>
      ) : (
        <span className="muted">{t('referrers.notYet')}</span>
      )}
    </li>
  );
}

function NameDialog({ projectId, onClose }: { projectId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [form] = Form.useForm<{ name: string; kind: Referrer['kind']; declared?: boolean }>();
  const { busy, error, left, send } = useDialogForm(form);
  return (
    <FormDialog form={form} title={t('referrers.name')} busy={busy} onClose={onClose}>
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="referrer"
        layout="vertical"
        requiredMark={false}
        initialValues={{ kind: 'person' }}
        onFinish={(values) =>
          void send(async () => {
            await body(
              client.POST('/api/v1/projects/{id}/referrer', {
                params: { path: { id: projectId }, header: { 'Idempotency-Key': newKey() } },
                body: { name: values.name.trim(), kind: values.kind, declared: values.declared ?? false },
              }),
            );
            await queries.invalidateQueries({ queryKey: ['projects'] });
            onClose();
          })
        }
      >
        <Form.Item
          name="name"
          label={t('referrers.who')}
          rules={[{ required: true, whitespace: true, message: t('referrers.required') }]}
        >
          <Input {...limit(200)} autoComplete="off" />
        </Form.Item>
        <Form.Item name="kind" label={t('referrers.kind')}>
          <Radio.Group
            options={(['person', 'team'] as const).map((value) => ({ value, label: t(`referrers.kindOf.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="declared" valuePropName="checked">
          <Checkbox>{t('referrers.declared')}</Checkbox>
        </Form.Item>
      </Form>
    </FormDialog>
  );
}

function ConfirmStep({
  projectId,
  referrer,
  etag,
  onClose,
}: {
  projectId: string;
  referrer: Referrer;
  etag: string;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [form] = Form.useForm<{ files?: FileRef[] }>();
  const { busy, error, left, send } = useDialogForm(form);
  const byInvestor = referrer.status === 'named';
  return (
    <FormDialog form={form} title={t('referrers.confirm')} busy={busy} onClose={onClose}>
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="confirm-referrer"
        layout="vertical"
        onFinish={(values) =>
          void send(async () => {
            await body(
              client.POST('/api/v1/projects/{id}/referrer/confirm', {
                params: { path: { id: projectId }, header: { 'If-Match': etag } },
                body: { fileId: byInvestor ? values.files?.[0]?.id : undefined },
              }),
            );
            await queries.invalidateQueries({ queryKey: ['projects'] });
            onClose();
          })
        }
      >
        {byInvestor ? (
          <Form.Item
            name="files"
            label={t('referrers.statement')}
            rules={[{ required: true, message: t('referrers.required') }]}
          >
            <FileInput label={t('referrers.statement')} />
          </Form.Item>
        ) : (
          <p>
            {t(referrer.status === 'investor-confirmed' ? 'referrers.confirmUnit' : 'referrers.confirmCentre', {
              name: referrer.name ?? '',
            })}
          </p>
        )}
      </Form>
    </FormDialog>
  );
}
