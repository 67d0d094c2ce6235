import { infiniteQueryOptions, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { body, client } from '@/api/client';
import type { MarketFit, MarketOffer } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { FormDialog } from '@/shared/FormDialog';
import { Industry } from '@/shared/IndustrySelect';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Facts, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useMe } from '@/shared/queries';
import { useIdempotencyKey } from '@/shared/submission';
import { useUnitName } from '@/shared/units';
import { useDialogForm } from '@/shared/useDialogForm';
import { When } from '@/shared/When';
import { limit } from '@/shared/limit';

const offersQuery = infiniteQueryOptions({
  queryKey: ['market-offers', 'all'],
  queryFn: ({ pageParam }) =>
    body(client.GET('/api/v1/market-offers', { params: { query: { limit: 20, cursor: pageParam } } })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

/** Projects offered by their needs alone: for the centre which units they would fit, for a unit its own (§15.9). */
export function MarketPage() {
  const { t } = useTranslation();
  const centre = useMe()?.role === 'coordinator';
  const query = useInfiniteQuery(offersQuery);
  const offers = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t('market.title')} lead={centre ? t('market.lead') : t('market.leadUnit')} wide>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {query.data && offers.length === 0 && <Empty title={t('market.empty')}>{t('market.emptyHint')}</Empty>}
      {offers.map((offer) => (
        <Offer key={offer.id} offer={offer} />
      ))}
      <LoadMore {...query} />
    </Page>
  );
}

function Offer({ offer }: { offer: MarketOffer }) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const [proposing, setProposing] = useState<MarketFit['unit'] | null>(null);
  const { division, landMu, energyTce } = offer.needs;
  const name = division ? t('market.blindName', { division }) : t('market.noDivision');
  const may = offer.allowedActions.includes('propose');
  const known = (value: number | undefined) =>
    value === undefined ? t('market.unknown') : <span className="num">{value}</span>;
  return (
    <Panel
      title={offer.project ? <Link to={`/projects/${offer.project.id}`}>{offer.project.name}</Link> : name}
      extra={
        <>
          <span className="tag">{t(`marketStatus.${offer.status}`)}</span> <When at={offer.offeredAt} />
        </>
      }
    >
      <Facts
        items={[
          { label: t('market.division'), value: <Industry code={division} /> },
          { label: t('transfers.land'), value: known(landMu) },
          { label: t('transfers.energy'), value: known(energyTce) },
        ]}
      />
      {offer.fits && (
        <DataTable<MarketFit>
          caption={t('market.fitsOf', { name })}
          rows={offer.fits}
          rowKey={(fit) => fit.unit.id}
          columns={[
            { key: 'unit', title: t('credit.byOf.unit'), heading: true, render: (fit) => unit(fit.unit) },
            { key: 'for', title: t('market.for'), render: (fit) => <Reasons of={fit.for} good /> },
            { key: 'against', title: t('market.against'), render: (fit) => <Reasons of={fit.against} /> },
            {
              key: 'unknown',
              title: t('market.unknown'),
              render: (fit) => fit.unknown.map((by) => t(`market.by.${by}`)).join(t('common.listSeparator')),
            },
            {
              key: 'act',
              title: t('capital.act'),
              render: (fit) =>
                may && (
                  <Button
                    size="small"
                    aria-label={t('market.proposeTo', { name: unit(fit.unit) })}
                    onClick={() => setProposing(fit.unit)}
                  >
                    {t('market.propose')}
                  </Button>
                ),
            },
          ]}
        />
      )}
      {proposing && <ProposeDialog offer={offer} to={proposing} onClose={() => setProposing(null)} />}
    </Panel>
  );
}

function Reasons({ of, good = false }: { of: MarketFit['for']; good?: boolean }) {
  const { t } = useTranslation();
  return (
    <ul>
      {of.map((reason) => (
        <li key={reason.by}>
          {reason.by === 'class'
            ? t('market.classCount', { count: reason.count ?? 0 })
            : reason.by === 'parcels'
              ? t('market.parcelCount', { count: reason.count ?? 0 })
              : t(`market.${good ? 'enough' : 'less'}.${reason.by}`, { most: reason.most })}
        </li>
      ))}
    </ul>
  );
}

function ProposeDialog({ offer, to, onClose }: { offer: MarketOffer; to: MarketFit['unit']; onClose: () => void }) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const key = useIdempotencyKey();
  const [form] = Form.useForm<{ reason: string }>();
  const { busy, error, left, send } = useDialogForm(form);
  const propose = useMutation({
    mutationFn: (reason: string) =>
      body(
        client.POST('/api/v1/market-offers/{id}/propose', {
          params: {
            path: { id: offer.id },
            header: { 'If-Match': `"${offer.version}"`, 'Idempotency-Key': key.keyFor([offer.id, to.id, reason]) },
          },
          body: { toJurisdictionId: to.id, reason },
        }),
      ),
    onSettled: () =>
      Promise.all(['market-offers', 'transfers'].map((each) => queries.invalidateQueries({ queryKey: [each] }))),
  });
  return (
    <FormDialog
      form={form}
      title={t('market.proposeTo', { name: unit(to) })}
      action={t('market.propose')}
      busy={busy}
      onClose={onClose}
    >
      <p>{t('market.proposeText', { name: unit(to) })}</p>
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="market-proposal"
        layout="vertical"
        onFinish={({ reason }) =>
          void send(async () => {
            await propose.mutateAsync(reason.trim());
            message.success(t('market.proposed'));
            onClose();
          })
        }
      >
        <Form.Item
          name="reason"
          label={t('transfers.reason')}
          extra={t('market.reasonHint')}
          rules={[{ required: true, whitespace: true, message: t('reason.required') }]}
        >
          <Input.TextArea rows={3} {...limit(2000)} />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}
