import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Facts, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan, useMe } from '@/shared/queries';
import { When } from '@/shared/When';
import { RecordOutcome } from './RecordOutcome';
import { recordImportQuery, recordUndoQuery, useUndoRecordImport } from './recordQueries';
import { UndoBlock, UndoneNote, UndoneTag, type UndoOutlook } from './UndoPanel';

/** An import of records: what became of its rows, and its undo as a whole. */
export function RecordImportPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const can = useCan();
  const query = useQuery(recordImportQuery(id));
  const me = useMe();
  const each = query.data;
  return (
    <Page
      title={each ? t('records.pageTitle', { name: each.fileName }) : t('records.title')}
      lead={each?.undone && <UndoneTag undone={each.undone} />}
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {each && (
        <>
          <UndoneNote undone={each.undone} />
          <Panel title={t('records.outcome')}>
            <Facts
              items={[
                { label: t('records.kind'), value: t(`records.kindOf.${each.kind}`) },
                { label: t('imports.by'), value: each.createdBy.name },
                { label: t('imports.at'), value: <When at={each.createdAt} precision="second" /> },
              ]}
            />
            <RecordOutcome of={each} />
          </Panel>
          {!each.undone && each.jurisdictionId === me?.jurisdiction?.id && can('import-records') && <Undo id={id} />}
        </>
      )}
    </Page>
  );
}

/** Undoes the import, for who may. */
function Undo({ id }: { id: string }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const undo = useUndoRecordImport(id);
  const query = useQuery({
    ...recordUndoQuery(id),
    enabled: asked,
    select: (preview): UndoOutlook => ({
      possible: preview.possible,
      problem: preview.problem,
      builtOn: preview.builtOn.map((one) => ({
        key: String(one.rowNumber),
        row: t('records.undo.row', { n: one.rowNumber }),
        name: one.name,
        by: one.by,
      })),
      builtOnTotal: preview.builtOnTotal,
      would: t('records.undo.would', { n: preview.records }),
      done: t('records.undo.done', { n: preview.records }),
    }),
  });
  return (
    <UndoBlock
      hint={t('records.undo.hint')}
      stays={t('records.undo.stays')}
      query={query}
      asked={asked}
      onAsk={() => setAsked(true)}
      onUndo={(reason) => undo.mutateAsync(reason)}
    />
  );
}
