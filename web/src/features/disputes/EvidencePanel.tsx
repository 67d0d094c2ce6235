import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Dispute } from '@/api/types';
import { saveText } from '@/api/client';
import { Facts, Loading, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { evidenceQuery } from '@/shared/disputes/queries';
import { SealedEvidence, type Sealed } from './SealedEvidence';

/** The seal of the evidence for everyone; what is sealed, for those who may read it. */
export function EvidencePanel({ dispute }: { dispute: Dispute }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const query = useQuery({ ...evidenceQuery(dispute.id), enabled: asked });
  const sealed = query.data?.evidence as Sealed | undefined;
  return (
    <Panel title={t('disputes.evidence')}>
      <p className="hint">{t('disputes.evidenceText')}</p>
      <Facts
        items={[
          { label: t('disputes.seal'), value: <code className="hash">{dispute.evidenceHash}</code>, wide: true },
          sealed && {
            label: t('disputes.evidence'),
            value: [
              t('disputes.claims', { n: sealed.claims?.length ?? 0 }),
              t('disputes.entries', { n: sealed.timeline?.length ?? 0 }),
              t('disputes.sealedFiles', { n: sealed.files?.length ?? 0 }),
            ].join(t('common.listSeparator')),
            wide: true,
          },
        ]}
      />
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {asked && query.isPending && <Loading rows={2} />}
      {query.data && (
        <>
          <p className={query.data.intact ? 'tag tag-ok' : 'tag tag-late'} role="status">
            {query.data.intact ? t('disputes.intact') : t('disputes.touched')}
          </p>
          {sealed && <SealedEvidence sealed={sealed} />}
          <Button
            onClick={() =>
              saveText(JSON.stringify(query.data, null, 2), `dispute-${dispute.id}.json`, 'application/json')
            }
          >
            {t('disputes.save')}
          </Button>
        </>
      )}
      {!asked && dispute.allowedActions.includes('read-evidence') && (
        <Button onClick={() => setAsked(true)}>{t('disputes.showEvidence')}</Button>
      )}
    </Panel>
  );
}
