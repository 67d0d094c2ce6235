import { useTranslation } from 'react-i18next';
import type { ProjectInput, ReportContact } from '@/api/types';
import { Amount } from './Amount';
import { useCountryName } from './countryName';
import { Industry } from './IndustrySelect';
import { Facts, Panel } from './Page';
import { StoredFile } from './StoredFile';
import { Day } from './When';

/** A report as it was made: the facts and the contacts it rests on. */
export function ReportFacts({ report, contacts }: { report: ProjectInput; contacts: ReportContact[] | undefined }) {
  const { t } = useTranslation();
  const country = useCountryName();
  return (
    <>
      <Panel title={t('claims.reportTitle')}>
        <Facts
          items={[
            { label: t('project.name'), value: report.name, wide: true },
            { label: t('project.totalInvestment'), value: <Amount money={report.totalInvestment} /> },
            { label: t('project.industryCode'), value: <Industry code={report.industryCode} /> },
            report.nationalCode !== undefined && {
              label: t('project.nationalCode'),
              value: <span className="num">{report.nationalCode}</span>,
            },
            report.landingPlace?.text !== undefined && {
              label: t('project.landingPlace'),
              value: report.landingPlace.text,
            },
          ]}
        />
        <h3>{t('form.investorsTitle')}</h3>
        <ul className="plain-list">
          {(report.investors ?? []).map((investor, i) => (
            <li key={i}>
              <strong>{investor.name}</strong>{' '}
              <span className="muted">{investor.country && country(investor.country)}</span>
              {investor.uscc && <code> {investor.uscc}</code>}{' '}
              {investor.primary && <span className="tag">{t('investor.primary')}</span>}
            </li>
          ))}
        </ul>
      </Panel>
      {contacts && contacts.length > 0 && (
        <Panel title={t('report.contactsTitle')}>
          <ul className="plain-list">
            {contacts.map((contact, i) => (
              <li key={i}>
                <strong>{contact.kind && t(`contactKind.${contact.kind}`)}</strong> <Day date={contact.occurredOn} />
                <p className="text">{contact.note}</p>
                {contact.files?.map((file, n) => (
                  <StoredFile key={file} id={file} nth={n + 1} />
                ))}
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}
