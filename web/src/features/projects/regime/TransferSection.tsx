import { useInfiniteQuery } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Project } from '@/api/types';
import { JurisdictionSelect } from '@/shared/JurisdictionSelect';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { useIdempotencyKey } from '@/shared/submission';
import { TransferCard } from '@/shared/transfers/TransferCard';
import { transfersQuery, useProposeTransfer } from '@/shared/transfers/queries';
import { useUnitName } from '@/shared/units';
import { useDialogForm } from '@/shared/useDialogForm';
import { Section } from './Section';

/** Transfers of the project. */
export function TransferSection({ project }: { project: Project }) {
  const { t } = useTranslation();
  const can = useCan();
  const unit = useUnitName();
  const [proposing, setProposing] = useState(false);
  const query = useInfiniteQuery({ ...transfersQuery({ projectId: project.id }), enabled: can('read-transfers') });
  const transfers = query.data?.pages.flatMap((page) => page.items) ?? [];
  const mayPropose = project.allowedActions?.includes('propose-transfer') ?? false;
  const last = transfers[0];
  if (!can('read-transfers') || (!last && !mayPropose)) return null;
  return (
    <Section
      title={t('transfers.section')}
      state={
        last ? `${t(`transferStatus.${last.status}`)} · ${unit(last.from)} → ${unit(last.to)}` : t('transfers.none')
      }
      open={last?.status === 'proposed' || last?.status === 'accepted'}
    >
      {transfers.map((transfer) => (
        <TransferCard key={transfer.id} transfer={transfer} />
      ))}
      {!last && <p className="muted">{t('transfers.noneHint')}</p>}
      {mayPropose && (
        <div className="actions">
          <Button onClick={() => setProposing(true)}>{t('transfers.propose')}</Button>
        </div>
      )}
      {proposing && <ProposeDialog projectId={project.id} onClose={() => setProposing(false)} />}
    </Section>
  );
}

interface Values {
  toJurisdictionId: string;
  reason: string;
}

function ProposeDialog({ projectId, onClose }: { projectId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const propose = useProposeTransfer();
  const key = useIdempotencyKey();
  const { busy, error, left, send } = useDialogForm(form);
  const submit = (values: Values) =>
    send(async () => {
      const offer = { projectId, toJurisdictionId: values.toJurisdictionId, reason: values.reason.trim() };
      await propose.mutateAsync({ ...offer, key: key.keyFor(offer) });
      message.success(t('transfers.proposedDone'));
      onClose();
    });
  return (
    <Modal
      open
      title={t('transfers.propose')}
      okText={t('transfers.propose')}
      cancelText={t('common.cancel')}
      onOk={form.submit}
      onCancel={onClose}
      confirmLoading={busy}
      mask={{ closable: false }}
    >
      <p>{t('transfers.proposeText')}</p>
      <ProblemAlert error={error} fields={left} />
      <Form form={form} name="transfer" layout="vertical" onFinish={(values) => void submit(values)}>
        <Form.Item
          name="toJurisdictionId"
          label={t('transfers.receiver')}
          rules={[{ required: true, message: t('transfers.receiverRequired') }]}
        >
          <JurisdictionSelect reportingOnly placeholder={t('transfers.receiver')} />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('transfers.reason')}
          rules={[{ required: true, whitespace: true, message: t('reason.required') }]}
        >
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
