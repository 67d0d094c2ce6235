import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { DataTable } from '@/shared/DataTable';
import { formatInstant } from '@/shared/dates';
import { useFactText } from '@/shared/factText';
import { useCodeText } from '@/shared/i18n';
import { Facts } from '@/shared/Page';
import { jurisdictionsQuery } from '@/shared/queries';
import { StoredFile } from '@/shared/StoredFile';
import { unitName } from '@/shared/units';
import { useLanguage } from '@/shared/i18n';

export interface Sealed {
  frozenAt?: string;
  claims?: {
    id: string;
    sequence: number;
    jurisdictionId: string;
    status: string;
    receivedAt: string;
    activatedAt?: string;
    expiresAt?: string;
    endedAt?: string;
    endReason?: string;
    receiptHash: string;
    canonical: string;
  }[];
  /** What completed reports that had been returned; evidence that was sealed earlier has none. */
  completions?: {
    claimId: string;
    completion: number;
    returnedAt: string;
    reason: string;
    completedAt: string;
    receiptHash: string;
    canonical: string;
  }[];
  project?: Record<string, unknown> | null;
  matches?: { claimId: string; subjectId: string; level: string; reasons: string; decision?: string }[];
  timeline?: { id: string; at: string; kind: string; jurisdictionId?: string }[];
  files?: { id: string; name: string; sha256: string; uploadedAt: string }[];
}

/** What was reported, out of the text that the receipt seals. */
function reported(canonical: string): Record<string, unknown> {
  try {
    return ((JSON.parse(canonical) as { report?: Record<string, unknown> }).report ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}

const SHOWN = ['name', 'totalInvestment', 'industryCode', 'nationalCode', 'landingPlace', 'investors'] as const;

/** The evidence of a dispute as it stood when it was sealed: claims beside each other, the project, its course, its files. */
export function SealedEvidence({ sealed }: { sealed: Sealed }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const fact = useFactText();
  const code = useCodeText();
  const { data: units } = useQuery(jurisdictionsQuery);
  const unit = (id: string | undefined) => {
    const known = units?.find((each) => each.id === id);
    return known ? unitName(known, language) : (id ?? '');
  };
  const claims = sealed.claims ?? [];
  const at = (time: string | undefined) => (time ? formatInstant(time, 'second') : t('common.none'));
  const rows: { label: string; of: (claim: (typeof claims)[number]) => string }[] = [
    { label: t('claims.status'), of: (claim) => code('claimStatus', claim.status) },
    { label: t('receipt.receivedAt'), of: (claim) => at(claim.receivedAt) },
    { label: t('claims.activatedAt'), of: (claim) => at(claim.activatedAt) },
    { label: t('claims.expires'), of: (claim) => at(claim.expiresAt) },
    { label: t('claims.endedAt'), of: (claim) => at(claim.endedAt) },
    { label: t('claims.endReason'), of: (claim) => claim.endReason ?? t('common.none') },
    ...SHOWN.map((field) => ({
      label: fact.label(field),
      of: (claim: (typeof claims)[number]) => fact.value(field, readable(field, reported(claim.canonical)[field])),
    })),
    { label: t('disputes.fingerprint'), of: (claim) => `${claim.receiptHash.slice(0, 16)}…` },
  ];
  const project = Object.entries(sealed.project ?? {}).filter(
    ([, value]) => value !== null && value !== undefined && value !== false,
  );
  return (
    <div className="sealed">
      {sealed.frozenAt && <p className="hint">{t('disputes.sealedFrozen', { time: at(sealed.frozenAt) })}</p>}
      <h3>{t('disputes.sealedClaims')}</h3>
      <div className="table-wrap" role="region" tabIndex={0} aria-label={t('disputes.sealedClaims')}>
        <table className="table compare">
          <thead>
            <tr>
              <td />
              {claims.map((claim) => (
                <th key={claim.id} scope="col">
                  {t('claims.number', { n: claim.sequence })} {unit(claim.jurisdictionId)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.label}>
                <th scope="row">{row.label}</th>
                {claims.map((claim) => (
                  <td key={claim.id}>{row.of(claim)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {(sealed.completions ?? []).map((one) => (
        <section key={`${one.claimId}-${one.completion}`}>
          <h3>
            {t('disputes.sealedCompletion', {
              n: one.completion,
              claim: claims.find((claim) => claim.id === one.claimId)?.sequence,
            })}
          </h3>
          <Facts
            items={[
              { label: t('disputes.returnedAt'), value: at(one.returnedAt) },
              { label: t('reason.label'), value: <span className="text">{one.reason}</span> },
              { label: t('disputes.completedAt'), value: at(one.completedAt) },
              ...SHOWN.map((field) => ({
                label: fact.label(field),
                value: fact.value(field, readable(field, reported(one.canonical)[field])),
              })),
              { label: t('disputes.fingerprint'), value: <code>{one.receiptHash.slice(0, 16)}…</code> },
            ]}
          />
        </section>
      ))}
      {project.length > 0 && (
        <>
          <h3>{t('disputes.sealedProject')}</h3>
          <Facts
            items={project.map(([field, value]) => ({ label: fact.label(field), value: fact.value(field, value) }))}
          />
        </>
      )}
      {(sealed.matches ?? []).length > 0 && (
        <>
          <h3>{t('disputes.sealedMatches')}</h3>
          <ul className="plain-list">
            {sealed.matches?.map((match, i) => (
              <li key={i}>
                {code('level', match.level)}{' '}
                {(match.reasons.match(/[a-z-]+/g) ?? []).map((reason) => (
                  <span key={reason} className="tag">
                    {code('matchReason', reason)}
                  </span>
                ))}
              </li>
            ))}
          </ul>
        </>
      )}
      {(sealed.timeline ?? []).length > 0 && (
        <>
          <h3>{t('disputes.sealedTimeline')}</h3>
          <DataTable
            caption={t('disputes.sealedTimeline')}
            rows={sealed.timeline ?? []}
            rowKey={(entry) => entry.id}
            columns={[
              {
                key: 'at',
                title: t('receipt.receivedAt'),
                heading: true,
                render: (entry) => <span className="num">{at(entry.at)}</span>,
              },
              { key: 'kind', title: t('timeline.kind'), render: (entry) => code('timelineKind', entry.kind) },
              { key: 'unit', title: t('project.jurisdiction'), render: (entry) => unit(entry.jurisdictionId) },
            ]}
          />
        </>
      )}
      {(sealed.files ?? []).length > 0 && (
        <>
          <h3>{t('disputes.sealedFilesTitle')}</h3>
          <ul className="plain-list">
            {sealed.files?.map((file, i) => (
              <li key={file.id}>
                <StoredFile id={file.id} nth={i + 1} /> <span className="muted num">{at(file.uploadedAt)}</span>{' '}
                <code>{file.sha256.slice(0, 16)}…</code>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** Sealed amounts hold their figures as text, so that no reader prints them otherwise. */
function readable(field: string, value: unknown): unknown {
  if (field === 'totalInvestment' && typeof value === 'object' && value !== null && 'amount' in value)
    return { ...value, amount: Number((value as { amount: unknown }).amount) };
  return value;
}
