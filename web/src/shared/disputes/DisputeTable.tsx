import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Dispute } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { useUnitName } from '@/shared/units';
import { When } from '@/shared/When';
import { DisputeStatusTag } from './DisputeStatusTag';

/** Until when the next step is due, where one is. */
export function dueOf(dispute: Dispute): string | undefined {
  const name = dueName(dispute);
  return name && dispute[name];
}

function dueName(dispute: Dispute): 'answerDue' | 'decisionDue' | 'appealDue' | undefined {
  switch (dispute.status) {
    case 'awaiting-answer':
      return 'answerDue';
    case 'awaiting-decision':
    case 'appealed':
      return 'decisionDue';
    case 'decided':
      return 'appealDue';
    default:
      return undefined;
  }
}

/** Says that the next deadline is provisional, where it runs through a year without a work calendar. */
export function ProvisionalMark({ dispute }: { dispute: Dispute }) {
  const { t } = useTranslation();
  const name = dueName(dispute);
  return name && dispute.provisional?.includes(name) ? (
    <span className="tag" title={t('disputes.provisionalHelp')}>
      {t('disputes.provisional')}
    </span>
  ) : null;
}

export function DisputeTable({ disputes, busy }: { disputes: Dispute[]; busy?: boolean }) {
  const { t } = useTranslation();
  return (
    <DataTable
      caption={t('disputes.title')}
      rows={disputes}
      rowKey={(dispute) => dispute.id}
      busy={busy}
      columns={[
        {
          key: 'name',
          title: t('disputes.project'),
          heading: true,
          render: (dispute) => <Link to={`/disputes/${dispute.id}`}>{dispute.projectName}</Link>,
        },
        { key: 'status', title: t('disputes.status'), render: (dispute) => <DisputeStatusTag dispute={dispute} /> },
        { key: 'parties', title: t('disputes.parties'), render: (dispute) => <Parties dispute={dispute} /> },
        {
          key: 'filed',
          title: t('disputes.filed'),
          align: 'right',
          render: (dispute) => <When at={dispute.filedAt} />,
        },
        {
          key: 'due',
          title: t('disputes.due'),
          align: 'right',
          render: (dispute) => (
            <>
              <When at={dueOf(dispute)} /> <ProvisionalMark dispute={dispute} />
            </>
          ),
        },
      ]}
    />
  );
}

/** Who against whom, as far as the reader may know. */
export function Parties({ dispute }: { dispute: Dispute }) {
  const { t } = useTranslation();
  const unit = useUnitName();
  return dispute.contestant && (dispute.respondent || dispute.side === 'city')
    ? dispute.respondent
      ? t('disputes.of', { contestant: unit(dispute.contestant), respondent: unit(dispute.respondent) })
      : t('disputes.noRespondent', { contestant: unit(dispute.contestant) })
    : t(`disputes.side.${dispute.side}`);
}
