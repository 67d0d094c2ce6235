import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Project } from '@/api/types';
import { body, client } from '@/api/client';
import { FormDialog } from '@/shared/FormDialog';
import { JurisdictionSelect } from '@/shared/JurisdictionSelect';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { useIdempotencyKey } from '@/shared/submission';
import { TransferCard } from '@/shared/transfers/TransferCard';
import { transfersQuery, useProposeTransfer } from '@/shared/transfers/queries';
import { useUnitName } from '@/shared/units';
import { useDialogForm } from '@/shared/useDialogForm';
import { Section } from './Section';
import { limit } from '@/shared/limit';

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
        last
          ? `${t(`transferStatus.${last.status}`)} · ${last.from ? unit(last.from) : t('market.blindUnit')} → ${unit(last.to)}`
          : t('transfers.none')
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
      {can('offer-project') && mayPropose && <MarketOffer projectId={project.id} />}
      {proposing && <ProposeDialog projectId={project.id} onClose={() => setProposing(false)} />}
    </Section>
  );
}

/** Whether the unit offers the project by its needs alone (§15.9). */
function MarketOffer({ projectId }: { projectId: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const key = useIdempotencyKey();
  const offers = useQuery({
    queryKey: ['market-offers', 'own'],
    queryFn: async () => (await body(client.GET('/api/v1/market-offers', { params: { query: { limit: 200 } } }))).items,
  });
  const refreshed = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ['market-offers'] }),
      queries.invalidateQueries({ queryKey: ['projects', projectId] }),
    ]);
  const offer = useMutation({
    mutationFn: () =>
      body(
        client.POST('/api/v1/market-offers', {
          params: { header: { 'Idempotency-Key': key.keyFor({ projectId, at: offers.dataUpdatedAt }) } },
          body: { projectId },
        }),
      ),
    onSuccess: () => void message.success(t('market.offered')),
    onSettled: refreshed,
  });
  const withdraw = useMutation({
    mutationFn: ({ id, version }: { id: string; version: number }) =>
      body(
        client.POST('/api/v1/market-offers/{id}/withdraw', {
          params: {
            path: { id },
            header: { 'If-Match': `"${version}"`, 'Idempotency-Key': key.keyFor([id, version]) },
          },
        }),
      ),
    onSuccess: () => void message.success(t('market.withdrawn')),
    onSettled: refreshed,
  });
  const open = offers.data?.find((each) => each.project?.id === projectId && each.status === 'open');
  return (
    <>
      <ProblemAlert error={offers.error ?? offer.error ?? withdraw.error} />
      <div className="actions">
        {open ? (
          <>
            <span className="tag">{t('market.onMarket')}</span>
            <Button size="small" loading={withdraw.isPending} onClick={() => withdraw.mutate(open)}>
              {t('market.withdraw')}
            </Button>
          </>
        ) : (
          <Button loading={offer.isPending} disabled={!offers.data} onClick={() => offer.mutate()}>
            {t('market.offer')}
          </Button>
        )}
      </div>
      <p className="hint">{t('market.offerHint')}</p>
    </>
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
    <FormDialog form={form} title={t('transfers.propose')} busy={busy} onClose={onClose}>
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
          <Input.TextArea rows={3} {...limit(2000)} />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}
