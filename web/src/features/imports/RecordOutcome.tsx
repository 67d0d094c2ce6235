import { useTranslation } from 'react-i18next';
import type { RecordImport, RecordImportRow } from '@/api/types';
import { DataTable } from '@/shared/DataTable';

/** What became of the rows of a sheet, and what is to be said of some of them. */
export function RecordOutcome({ of }: { of: RecordImport }) {
  const { t } = useTranslation();
  const told = (of.rows ?? []).filter((row) => row.issues.length > 0);
  return (
    <div>
      <p role="status">
        {t(of.dryRun ? 'records.tried' : 'records.taken', {
          total: of.rowsTotal,
          accepted: of.rowsAccepted,
          unchanged: of.rowsUnchanged,
          rejected: of.rowsRejected,
        })}
      </p>
      {told.length > 0 && (
        <DataTable<RecordImportRow>
          caption={t('records.told')}
          rows={told}
          rowKey={(row) => String(row.rowNumber)}
          columns={[
            {
              key: 'row',
              title: t('records.row'),
              heading: true,
              render: (row) => <span className="num">{row.rowNumber}</span>,
            },
            {
              key: 'outcome',
              title: t('records.outcome'),
              render: (row) => (
                <span className={row.outcome === 'rejected' ? 'tag flag' : 'tag'}>
                  {t(`records.outcomeOf.${row.outcome}`)}
                </span>
              ),
            },
            {
              key: 'why',
              title: t('records.why'),
              render: (row) => (
                <ul>
                  {row.issues.map((issue) => (
                    <li key={`${issue.column}-${issue.code}`}>
                      {issue.column && <strong>{issue.column} </strong>}
                      {issue.message}
                    </li>
                  ))}
                </ul>
              ),
            },
          ]}
        />
      )}
    </div>
  );
}
