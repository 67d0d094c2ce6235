import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Candidate, Claim, ReportContact } from '@/api/types';
import { currentRulesQuery } from '@/shared/rates';
import { StoredFile } from '@/shared/StoredFile';
import { parseDuration } from '@/shared/duration';
import { useUnitName } from '@/shared/units';
import { Day, When } from '@/shared/When';
import { liveClaimsQuery } from './Consequences';
import { reviewQuery } from './queries';

/** The candidate's own report, where it has one: that of the claim, or of who holds the project. */
function useTheirs(candidate: Candidate): Claim | undefined {
  const claim = useQuery({ ...reviewQuery(candidate.id), enabled: candidate.subject === 'claim' });
  const live = useQuery({ ...liveClaimsQuery(candidate.id), enabled: candidate.subject === 'project' });
  return candidate.subject === 'claim' ? claim.data?.value : (live.data?.active ?? live.data?.queued[0]);
}

/** What both sides rest on, row by row: place, time of receipt, contacts with their files. */
export function OtherSide({ claim, candidate }: { claim: Claim; candidate: Candidate }) {
  const { t } = useTranslation();
  const theirs = useTheirs(candidate);
  const none = <span className="muted">{t('common.notGiven')}</span>;
  return (
    <>
      <tr>
        <th scope="row">{t('project.landingPlace')}</th>
        <td>{claim.report?.landingPlace?.text ?? none}</td>
        <td>{theirs?.report?.landingPlace?.text ?? none}</td>
        <td />
      </tr>
      <tr>
        <th scope="row">{t('receipt.receivedAt')}</th>
        <td>
          <When at={claim.receivedAt} precision="millisecond" />
        </td>
        <td>{theirs ? <When at={theirs.receivedAt} precision="millisecond" /> : none}</td>
        <td>{theirs && t(claim.receivedAt < theirs.receivedAt ? 'review.earlier' : 'review.later')}</td>
      </tr>
      <tr>
        <th scope="row">{t('report.contactsTitle')}</th>
        <td>
          <Contacts contacts={claim.contacts} />
        </td>
        <td>{theirs ? <Contacts contacts={theirs.contacts} /> : none}</td>
        <td />
      </tr>
    </>
  );
}

function Contacts({ contacts }: { contacts: ReportContact[] | undefined }) {
  const { t } = useTranslation();
  if (!contacts?.length) return <span className="muted">{t('common.notGiven')}</span>;
  return (
    <ul>
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
  );
}

const DATE = '\u0000';

/** What finding the report the same as a candidate brings about. */
export function ChoiceConsequence({ claim, candidate }: { claim: Claim; candidate: Candidate }) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const rules = useQuery(currentRulesQuery);
  const project = candidate.subject === 'project' ? candidate.id : candidate.projectId;
  const live = useQuery({ ...liveClaimsQuery(project ?? ''), enabled: project !== undefined });
  const own = unit(claim.jurisdiction);
  if (!project) return t('consequence.waits');
  if (candidate.stage && candidate.stage !== 'in-talks')
    return t('consequence.closed', { stage: t(`stage.${candidate.stage}`) });
  const length = rules.data && parseDuration(rules.data.exclusivity);
  if (!live.data || !rules.data) return t('consequence.review');
  const { active, queued } = live.data;
  if ([active, ...queued].some((each) => each?.jurisdiction.id === claim.jurisdiction.id)) return t('consequence.own');
  if (active) {
    // The date stands as a date within the sentence.
    const [before, after] = t('consequence.queued', {
      unit: own,
      n: queued.filter((each) => each.sequence < claim.sequence).length + 1,
      holder: unit(active.jurisdiction),
      until: DATE,
    }).split(DATE);
    return (
      <>
        {before}
        {active.expiresAt ? <When at={active.expiresAt} /> : t('common.none')}
        {after}
      </>
    );
  }
  return t('consequence.active', {
    unit: own,
    duration: length ? t(`duration.${length.unit}`, { n: length.count }) : rules.data.exclusivity,
  });
}
