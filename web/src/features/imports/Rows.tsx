import { useInfiniteQuery } from '@tanstack/react-query';
import { Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Import, ImportOutcome, ImportRow } from '@/api/types';
import { useFactText } from '@/shared/factText';
import { useCodeText } from '@/shared/i18n';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { LevelTag } from '@/shared/tags';
import { useUrlState } from '@/shared/urlState';
import { importRowsQuery } from './queries';
import { looseIssues, outcomeOf } from './rowText';

const KEYS = ['outcome', 'code'] as const;
const OUTCOMES: readonly ImportOutcome[] = ['accepted', 'doubtful', 'rejected'];

export function Rows({ each }: { each: Import }) {
  const { t } = useTranslation();
  const code = useCodeText();
  const { values, change } = useUrlState(KEYS);
  const outcome = OUTCOMES.find((one) => one === values.outcome);
  const query = useInfiniteQuery(importRowsQuery(each.id, outcome, values.code));
  const rows = query.data?.pages.flatMap((page): ImportRow[] => page.items) ?? [];
  return (
    <Panel title={t('imports.rowsTitle')}>
      <div className="toolbar">
        <Segmented
          aria-label={t('imports.rowsTitle')}
          value={outcome ?? 'all'}
          onChange={(next) => change({ outcome: next === 'all' ? undefined : next })}
          options={[
            { value: 'all', label: t('imports.outcome.all') },
            ...OUTCOMES.map((one) => ({ value: one as string, label: t(`imports.outcome.${one}`) })),
          ]}
        />
        <Select
          aria-label={t('imports.byIssue')}
          allowClear
          className="toolbar-select"
          placeholder={t('imports.allIssues')}
          value={values.code}
          popupMatchSelectWidth={false}
          onChange={(next: string | undefined) => change({ code: next })}
          options={[...new Set(each.issueCounts.map((issue) => issue.code))].map((issue) => ({
            value: issue,
            label: code('issue', issue),
          }))}
        />
      </div>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {query.data && rows.length === 0 && <Empty title={t('imports.noRows')} />}
      <ol className="import-rows">
        {rows.map((row) => (
          <li key={row.rowNumber}>
            <Row each={each} row={row} />
          </li>
        ))}
      </ol>
      <LoadMore {...query} />
    </Panel>
  );
}

function Row({ each, row }: { each: Import; row: ImportRow }) {
  const { t } = useTranslation();
  const code = useCodeText();
  const outcome = outcomeOf(row);
  const nameHeader = each.columns.find((column) => column.field === 'name')?.header;
  const name =
    typeof row.parsed.name === 'string' ? row.parsed.name : nameHeader ? row.original[nameHeader] : undefined;

  return (
    <details className={`import-row import-${outcome}`}>
      <summary>
        <span className="num muted">{t('imports.row', { n: row.rowNumber })}</span>
        <span
          className={`tag ${outcome === 'rejected' ? 'tag-bad' : outcome === 'doubtful' ? 'tag-pending' : 'tag-ok'}`}
        >
          {t(`imports.outcome.${outcome}`)}
        </span>
        <strong>{name}</strong>
        <span className="hint">
          {row.issues.length > 0
            ? row.issues.map((issue) => code('issue', issue.code)).join(t('common.listSeparator'))
            : t(`imports.action.${row.action}`)}
        </span>
      </summary>
      <RowDetail each={each} row={row} />
    </details>
  );
}

/** A row cell by cell: what stands in the file, what was made of it, what is doubtful. */
function RowDetail({ each, row }: { each: Import; row: ImportRow }) {
  const { t } = useTranslation();
  const fact = useFactText();
  const columns = each.columns.filter(
    (column) =>
      row.original[column.header] ||
      (column.field && row.parsed[column.field] !== undefined) ||
      row.issues.some((issue) => issue.column === column.header),
  );
  const loose = looseIssues(
    row,
    columns.map((column) => column.header),
  );
  const corrections = correctionsOf(row);
  return (
    <div className="import-detail">
      <div className="table-wrap" role="region" tabIndex={0} aria-label={t('imports.rowOf', { n: row.rowNumber })}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('imports.column')}</th>
              <th scope="col">{t('imports.original')}</th>
              <th scope="col">{t('imports.parsed')}</th>
              <th scope="col">{t('imports.issues')}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => {
              const issues = row.issues.filter((issue) => issue.column === column.header);
              const worst = issues.some((issue) => issue.severity === 'refusal')
                ? 'cell-bad'
                : issues.length > 0
                  ? 'cell-doubt'
                  : undefined;
              return (
                <tr key={column.header} className={worst}>
                  <th scope="row">{column.header}</th>
                  <td className="text">
                    {corrections.has(column.header) ? (
                      <>
                        <del>{row.original[column.header]}</del> <ins>{corrections.get(column.header)}</ins>
                      </>
                    ) : (
                      row.original[column.header]
                    )}
                  </td>
                  <td>
                    {column.field && row.parsed[column.field] !== undefined ? (
                      fact.value(column.field, row.parsed[column.field])
                    ) : (
                      <span className="muted">{t('common.none')}</span>
                    )}
                  </td>
                  <td>
                    {issues.map((issue, i) => (
                      <p key={i}>{issue.message}</p>
                    ))}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {loose.length > 0 && (
        <ul className="loose">
          {loose.map((issue, i) => (
            <li key={i}>
              <span className={issue.severity === 'refusal' ? 'tag tag-bad' : 'tag tag-pending'}>
                {t(`imports.severity.${issue.severity}`)}
              </span>{' '}
              {issue.message}
            </li>
          ))}
        </ul>
      )}
      <RowFacts row={row} />
    </div>
  );
}

/** What a row would change, what it is like, and what became of it. */
export function RowFacts({ row, placeOf }: { row: ImportRow; placeOf?: (rowNumber: number) => string }) {
  const { t } = useTranslation();
  const code = useCodeText();
  return (
    <>
      {row.changes && Object.keys(row.changes).length > 0 && (
        <>
          <h3>{t('imports.changes')}</h3>
          <Changes row={row} />
        </>
      )}
      {row.matches.length > 0 && (
        <>
          <h3>{t('imports.matches')}</h3>
          <ul className="plain-list">
            {row.matches.map((match, i) => (
              <li key={i}>
                <LevelTag level={match.level} />{' '}
                {match.projectId ? (
                  <Link to={`/projects/${match.projectId}`}>{match.projectName ?? match.projectCode}</Link>
                ) : match.claimId ? (
                  <Link to={`/claims/${match.claimId}`}>{t('outcome.claim')}</Link>
                ) : match.rowNumber !== undefined ? (
                  t('imports.row', { n: placeOf?.(match.rowNumber) ?? match.rowNumber })
                ) : (
                  match.projectName
                )}{' '}
                {match.reasons.map((reason) => (
                  <span key={reason} className="tag">
                    {code('matchReason', reason)}
                  </span>
                ))}
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="hint">
        {t(`imports.action.${row.action}`)}{' '}
        {row.projectId && <Link to={`/projects/${row.projectId}`}>{t('outcome.project')}</Link>}{' '}
        {row.claimId && <Link to={`/claims/${row.claimId}`}>{t('outcome.claim')}</Link>}
      </p>
    </>
  );
}

/** The facts that a row says otherwise than the library: before and after. */
export function Changes({ row }: { row: ImportRow }) {
  const fact = useFactText();
  return (
    <dl className="changes">
      {Object.entries(row.changes ?? {}).map(([field, { from, to }]) => (
        <div key={field}>
          <dt>{fact.label(field)}</dt>
          <dd>
            <del>{fact.value(field, from)}</del> → <ins>{fact.value(field, to)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What is written in the place of a row's cells, by their columns. */
function correctionsOf(row: ImportRow): Map<string, string> {
  return new Map(
    (row.corrections ?? []).flatMap((each) => (each.text === null ? [] : [[each.column, each.text] as const])),
  );
}
