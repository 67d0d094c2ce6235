import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { body, client } from '@/api/client';
import type { OfficeLead, OfficeLeadStep, OfficeLeadTrace } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { LinkButton } from '@/shared/LinkButton';
import { Facts, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useUnitName } from '@/shared/units';
import { When } from '@/shared/When';
import { Due } from './LeadsPage';

const StepDialog = lazy(async () => ({ default: (await import('./LeadDialogs')).StepDialog }));

/** A lead of an out-posted office, what is due next, and what was done. */
export function LeadPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const [step, setStep] = useState<OfficeLeadStep | null>(null);
  const query = useQuery({
    queryKey: ['office-leads', 'one', id],
    queryFn: () => body(client.GET('/api/v1/office-leads/{id}', { params: { path: { id } } })),
  });
  const lead = query.data;
  return (
    <Page
      title={lead?.title ?? t('officeLeads.title')}
      lead={lead && <span className="tag">{t(`officeLeadStatus.${lead.status}`)}</span>}
      wide
      actions={
        <>
          <LinkButton to="/office-leads">{t('officeLeads.title')}</LinkButton>
          {(lead?.allowedActions as OfficeLeadStep[] | undefined)?.map((next) => (
            <Button key={next} onClick={() => setStep(next)}>
              {t(`officeLeadStep.${next}`)}
            </Button>
          ))}
        </>
      }
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {lead && (
        <>
          <Told lead={lead} />
          <Steps steps={lead.steps ?? []} />
          <Suspense fallback={null}>
            {step && <StepDialog lead={lead} step={step} onClose={() => setStep(null)} />}
          </Suspense>
        </>
      )}
    </Page>
  );
}

function Told({ lead }: { lead: OfficeLead }) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const unknown = t('resources.unknown');
  const people = (lead.contacts ?? []).map((person) =>
    [person.name, person.title, person.phone, person.email].filter(Boolean).join(' '),
  );
  return (
    <Panel>
      {lead.missing.length > 0 && (
        <p role="status">
          {t('officeLeads.missing', {
            parts: lead.missing.map((part) => t(`officeLeadPart.${part}`)).join(t('common.listSeparator')),
          })}
        </p>
      )}
      <Facts
        items={[
          { label: t('officeLeads.office'), value: unit(lead.office) },
          { label: t('officeLeads.investor'), value: lead.investor ?? unknown },
          { label: t('officeLeads.scale'), value: lead.scale ?? unknown },
          {
            label: t('officeLeads.contacts'),
            value: people.length > 0 ? people.join(t('common.listSeparator')) : unknown,
          },
          { label: t('officeLeads.submittedBy'), value: lead.submittedBy.name },
          { label: t('officeLeads.dueOn'), value: <Due lead={lead} /> },
          lead.jurisdiction && { label: t('officeLeads.unit'), value: unit(lead.jurisdiction) },
          lead.projectId !== undefined && {
            label: t('officeLeads.project'),
            value: <Link to={`/projects/${lead.projectId}`}>{t('officeLeads.openProject')}</Link>,
          },
          { label: t('officeLeads.content'), value: lead.content ?? unknown, wide: true },
          lead.reason !== undefined && { label: t('officeLeads.reason'), value: lead.reason, wide: true },
        ]}
      />
    </Panel>
  );
}

function Steps({ steps }: { steps: readonly OfficeLeadTrace[] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('officeLeads.steps')}>
      {steps.length === 0 && <p className="muted">{t('officeLeads.noSteps')}</p>}
      {steps.length > 0 && (
        <DataTable<OfficeLeadTrace>
          caption={t('officeLeads.steps')}
          rows={[...steps]}
          rowKey={(trace) => `${trace.at}${trace.step}`}
          columns={[
            {
              key: 'step',
              title: t('officeLeads.step'),
              heading: true,
              render: (trace) => t(`officeLeadStep.${trace.step}`),
            },
            {
              key: 'to',
              title: t('resources.status'),
              render: (trace) => <span className="tag">{t(`officeLeadStatus.${trace.to}`)}</span>,
            },
            { key: 'note', title: t('resources.note'), render: (trace) => trace.note ?? t('common.none') },
            { key: 'by', title: t('officeLeads.by'), render: (trace) => trace.by.name },
            { key: 'at', title: t('officeLeads.at'), render: (trace) => <When at={trace.at} /> },
          ]}
        />
      )}
    </Panel>
  );
}
