import { queryOptions, useQuery } from '@tanstack/react-query';
import { App, Button, Form } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { body, client } from '@/api/client';
import type { Parcel, ProjectFit } from '@/api/types';
import { useMoneyText } from '@/shared/Amount';
import { DataTable } from '@/shared/DataTable';
import { FormDialog } from '@/shared/FormDialog';
import { LinkButton } from '@/shared/LinkButton';
import { LoadMore } from '@/shared/LoadMore';
import { Facts, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ProjectSelect } from '@/shared/ProjectSelect';
import { useCan } from '@/shared/queries';
import { ReasonDialog } from '@/shared/ReasonDialog';
import { useUnitName } from '@/shared/units';
import { ifMatch, useChange } from '@/shared/useChange';
import { useDialogForm } from '@/shared/useDialogForm';
import { Day } from '@/shared/When';
import { LandReasons, LandSize, ParcelState, Verdict } from '@/shared/land/fits';

const ParcelDialog = lazy(async () => ({ default: (await import('./ParcelDialog')).ParcelDialog }));

const parcelQuery = (id: string) =>
  queryOptions({
    queryKey: ['parcels', 'one', id],
    queryFn: () => body(client.GET('/api/v1/parcels/{id}', { params: { path: { id } } })),
  });

/** A parcel, what may be done with it, and which projects fit. */
export function ParcelPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const can = useCan();
  const query = useQuery(parcelQuery(id));
  const parcel = query.data;
  return (
    <Page
      title={parcel?.place ?? t('land.title')}
      lead={parcel && <ParcelState parcel={parcel} />}
      actions={<LinkButton to="/land">{t('land.title')}</LinkButton>}
      wide
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {parcel && <ParcelFacts parcel={parcel} />}
      {parcel && can('read-fits') && <ParcelFits id={parcel.id} />}
    </Page>
  );
}

function ParcelFacts({ parcel }: { parcel: Parcel }) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const perMu = (money: Parcel['minIntensity']) =>
    money ? <PerMu money={money} /> : <span className="muted">{t('resources.unknown')}</span>;
  return (
    <Panel extra={<Steps parcel={parcel} />}>
      <Facts
        items={[
          { label: t('resources.unit'), value: unit(parcel.jurisdiction) },
          { label: t('land.area'), value: <LandSize parcel={parcel} /> },
          {
            label: t('land.contiguous'),
            value: (
              <span className="num">
                {t('land.mu', { mu: parcel.contiguousMu.toFixed(2) })} {parcel.contiguousGroup}
              </span>
            ),
          },
          {
            label: t('land.zone'),
            value: `${parcel.zone ? t(`zoneRank.${parcel.zone}`) : t('resources.unknown')} ${parcel.zoneName ?? ''}`,
          },
          {
            label: t('land.cleared'),
            value:
              parcel.cleared === undefined ? t('resources.unknown') : t(`resources.${parcel.cleared ? 'yes' : 'no'}`),
          },
          { label: t('land.use'), value: parcel.use ? t(`landUse.${parcel.use}`) : t('resources.unknown') },
          {
            label: t('land.classes'),
            value:
              parcel.industryClasses.length > 0
                ? parcel.industryClasses.join(t('common.listSeparator'))
                : t('resources.unknown'),
          },
          { label: t('land.intensity'), value: perMu(parcel.minIntensity) },
          { label: t('land.output'), value: perMu(parcel.minOutput) },
          { label: t('land.tax'), value: perMu(parcel.minTax) },
          { label: t('land.price'), value: perMu(parcel.pricePerMu) },
          {
            label: t('land.from'),
            value: parcel.from ? <Day date={parcel.from} /> : <span className="muted">{t('resources.unknown')}</span>,
          },
          parcel.project && {
            label: t('land.project'),
            value: <Link to={`/projects/${parcel.project.id}`}>{parcel.project.name}</Link>,
          },
          parcel.note !== undefined && { label: t('resources.note'), value: parcel.note, wide: true },
        ]}
      />
      {parcel.reason && <p>{t('land.reasonOf', { reason: parcel.reason })}</p>}
    </Panel>
  );
}

function PerMu({ money }: { money: NonNullable<Parcel['minIntensity']> }) {
  const { t } = useTranslation();
  const text = useMoneyText();
  return <span className="num">{t('land.perMu', { amount: text.format(money) })}</span>;
}

/** The steps that are open. */
function Steps({ parcel }: { parcel: Parcel }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const change = useChange('parcels', 'projects');
  const [open, setOpen] = useState<string | null>(null);
  const params = { path: { id: parcel.id }, header: ifMatch(parcel.version) };
  const simple = (step: 'offer' | 'reserve') =>
    void change
      .mutateAsync(() =>
        step === 'offer'
          ? body(client.POST('/api/v1/parcels/{id}/offer', { params }))
          : body(client.POST('/api/v1/parcels/{id}/reserve', { params })),
      )
      .then(() => message.success(t('resources.done')))
      .catch(() => undefined);
  return (
    <>
      {parcel.allowedActions.map((step) => (
        <Button
          key={step}
          size="small"
          loading={change.isPending}
          onClick={() => (step === 'offer' || step === 'reserve' ? simple(step) : setOpen(step))}
        >
          {t(`parcelStep.${step as 'edit'}`)}
        </Button>
      ))}
      <ProblemAlert error={change.error} />
      {open === 'edit' && (
        <Suspense fallback={null}>
          <ParcelDialog parcel={parcel} onClose={() => setOpen(null)} />
        </Suspense>
      )}
      {(open === 'negotiate' || open === 'sell') && (
        <ProjectDialog parcel={parcel} step={open} onClose={() => setOpen(null)} />
      )}
      <ReasonDialog
        open={open === 'withdraw'}
        title={t('land.withdrawOf', { place: parcel.place })}
        confirm={t('parcelStep.withdraw')}
        danger
        onConfirm={(reason) =>
          change.mutateAsync(() => body(client.POST('/api/v1/parcels/{id}/withdraw', { params, body: { reason } })))
        }
        onClose={() => setOpen(null)}
      />
    </>
  );
}

/** For which project a parcel is. */
function ProjectDialog({ parcel, step, onClose }: { parcel: Parcel; step: 'negotiate' | 'sell'; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ projectId: string }>();
  const change = useChange('parcels', 'projects');
  const { busy, error, left, send } = useDialogForm(form);
  const params = { path: { id: parcel.id }, header: ifMatch(parcel.version) };
  const submit = (values: { projectId: string }) =>
    send(async () => {
      await change.mutateAsync(() =>
        step === 'sell'
          ? body(client.POST('/api/v1/parcels/{id}/sell', { params, body: values }))
          : body(client.POST('/api/v1/parcels/{id}/negotiate', { params, body: values })),
      );
      message.success(t('resources.done'));
      onClose();
    });
  return (
    <FormDialog
      form={form}
      title={t(step === 'sell' ? 'land.sellTo' : 'land.negotiateWith', { place: parcel.place })}
      action={t(`parcelStep.${step}`)}
      busy={busy}
      onClose={onClose}
    >
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="parcel-project"
        layout="vertical"
        initialValues={{ projectId: parcel.project?.id }}
        onFinish={(values) => void submit(values)}
      >
        <Form.Item
          name="projectId"
          label={t('land.project')}
          rules={[{ required: true, message: t('resources.pickProject') }]}
        >
          <ProjectSelect />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}

// So many are shown at a time, the best first.
const STEP = 20;

/** Which of the reader's projects fit. */
function ParcelFits({ id }: { id: string }) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const [shown, setShown] = useState(STEP);
  const query = useQuery({
    queryKey: ['parcels', 'fits', id],
    queryFn: () => body(client.GET('/api/v1/parcels/{id}/fits', { params: { path: { id } } })),
  });
  return (
    <Panel title={t('land.fitsOfParcel')}>
      <p className="hint">{t('land.fitsOfParcelLead')}</p>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={3} />}
      {query.data?.incomplete && <p role="status">{t('resources.incomplete')}</p>}
      {query.data?.items.length === 0 && <p className="muted">{t('land.noProjects')}</p>}
      {query.data && query.data.items.length > 0 && (
        <DataTable<ProjectFit>
          caption={t('land.fitsOfParcel')}
          rows={query.data.items.slice(0, shown)}
          rowKey={(fit) => fit.project.id}
          columns={[
            {
              key: 'project',
              title: t('land.project'),
              heading: true,
              render: (fit) => <Link to={`/projects/${fit.project.id}`}>{fit.project.name}</Link>,
            },
            { key: 'unit', title: t('resources.unit'), render: (fit) => unit(fit.owner) },
            { key: 'fit', title: t('land.fit'), render: (fit) => <Verdict fits={fit.fits} /> },
            { key: 'for', title: t('resources.for'), render: (fit) => <LandReasons of={fit.for} /> },
            { key: 'against', title: t('resources.against'), render: (fit) => <LandReasons of={fit.against} /> },
            {
              key: 'unknown',
              title: t('resources.neither'),
              render: (fit) => fit.unknown.map((by) => t(`landFitBy.${by}`)).join(t('common.listSeparator')),
            },
          ]}
        />
      )}
      <LoadMore
        hasNextPage={(query.data?.items.length ?? 0) > shown}
        isFetchingNextPage={false}
        fetchNextPage={() => setShown(shown + STEP)}
      />
    </Panel>
  );
}
