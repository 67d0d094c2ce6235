import {
  CopyOutlined,
  DownOutlined,
  RedoOutlined,
  RollbackOutlined,
  UndoOutlined,
  UpOutlined,
  VerticalAlignBottomOutlined,
} from '@ant-design/icons';
import { App, Button, Checkbox, Segmented, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Import, ImportRow } from '@/api/types';
import { useFactText } from '@/shared/factText';
import { useCodeText } from '@/shared/i18n';
import { Empty, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useUrlState } from '@/shared/urlState';
import { CorrectionGrid, type GridColumn } from './CorrectionGrid';
import { RowFacts } from './Rows';
import { looseIssues, outcomeOf, useTold, type Outcome } from './rowText';
import {
  alike,
  cellOf,
  changesOf,
  filledDown,
  keyOf,
  rangeOf,
  textAt,
  type Change,
  type Place,
  type Sheet,
} from './sheet';
import type { Corrections } from './useCorrections';
import { useFieldName } from './useFieldName';

const KEYS = ['outcome', 'code'] as const;
const OUTCOMES: readonly Outcome[] = ['accepted', 'doubtful', 'rejected'];

/** The rows of a dry run, cell by cell, to be corrected in place. */
export function CorrectionPanel({
  each,
  rows: all,
  corrections,
  readOnly,
  more,
}: {
  each: Import;
  rows: readonly ImportRow[];
  corrections: Corrections;
  readOnly: boolean;
  more: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
}) {
  const { t } = useTranslation();
  const code = useCodeText();
  const { message } = App.useApp();
  const fieldName = useFieldName();
  const { values, change } = useUrlState(KEYS);
  const outcome = OUTCOMES.find((one) => one === values.outcome);
  const [everything, setEverything] = useState(false);
  const [tab, setTab] = useState<string>();
  const [active, setActive] = useState<Place>({ row: 0, col: 0 });

  // Each row says behind its own cells on which sheet it stands, and in which row of it.
  const whereOf = useMemo(() => {
    const places = new Set(
      each.columns.filter((column) => column.correctable === false).map((column) => column.header),
    );
    return (row: ImportRow) =>
      Object.keys(row.original)
        .filter((header) => places.has(header))
        .map((header) => row.original[header] ?? '');
  }, [each.columns]);
  const placeOf = (row: ImportRow) => whereOf(row).join(' · ') || String(row.rowNumber);
  const wanted = useMemo(
    () =>
      all.filter(
        (row) =>
          (outcome === undefined ||
            (outcome === 'accepted' ? row.outcome === 'accepted' : outcomeOf(row) === outcome)) &&
          (values.code === undefined || row.issues.some((issue) => issue.code === values.code)),
      ),
    [all, outcome, values.code],
  );
  // Sheets have columns of their own: each is shown by itself, as in the file.
  const sheets = [...new Set(all.map((row) => whereOf(row)[0] ?? ''))];
  const counts = new Map(sheets.map((name) => [name, wanted.filter((row) => (whereOf(row)[0] ?? '') === name).length]));
  const shown =
    (tab !== undefined && counts.get(tab) ? tab : sheets.find((name) => counts.get(name))) ?? sheets[0] ?? '';
  const rows = useMemo(
    () => (sheets.length < 2 ? wanted : wanted.filter((row) => (whereOf(row)[0] ?? '') === shown)),
    [wanted, sheets.length, shown, whereOf],
  );
  const columns = useMemo(
    () =>
      each.columns
        .filter((column) => column.correctable !== false && (everything || column.field !== null))
        .filter((column) => rows.some((row) => row.original[column.header] !== undefined))
        .map((column): GridColumn => ({
          header: column.header,
          field: column.field,
          title: column.field === null ? t('imports.ignoreColumn') : fieldName(column.field),
        })),
    [each.columns, rows, everything, fieldName, t],
  );
  const headers = columns.map((column) => column.header);
  const told = useTold(headers, placeOf);
  const sheet: Sheet = { rows, columns: headers, correction: corrections.of };
  const at: Place = {
    row: Math.min(active.row, Math.max(0, rows.length - 1)),
    col: Math.min(active.col, Math.max(0, columns.length - 1)),
  };
  const place = at.row === active.row && at.col === active.col ? active : at;

  const show = (changes: readonly Change[] | undefined) => {
    const first = changes?.[0];
    if (!first) return;
    const { rowNumber, column: header } = cellOf(first.key);
    const [row, col] = [rows.findIndex((one) => one.rowNumber === rowNumber), headers.indexOf(header)];
    if (row >= 0 && col >= 0) setActive({ row, col });
  };
  const nextIssue = (back: boolean) => {
    const count = rows.length * columns.length;
    const from = place.row * columns.length + place.col;
    for (let step = 1; step <= count; step++) {
      const where = (((from + (back ? -step : step)) % count) + count) % count;
      const [row, col] = [Math.floor(where / columns.length), where % columns.length];
      const line = rows[row];
      const loose = col === 0 && line !== undefined && looseIssues(line, headers).length > 0;
      if (loose || line?.issues.some((issue) => issue.column === headers[col])) {
        setActive({ row, col });
        return;
      }
    }
    void message.info(t('imports.sheet.noMoreIssues'));
  };

  const row = rows[place.row];
  const column = columns[place.col];
  const text = textAt(sheet, place);
  const correction = row && column ? corrections.of(keyOf(row.rowNumber, column.header)) : undefined;
  // In the whole file, whatever of it is shown.
  const whole: Sheet = { rows: all, columns: column ? [column.header] : [], correction: corrections.of };
  const same = row ? alike(whole, { row: all.indexOf(row), col: 0 }) : [];
  const sameChanges =
    text === undefined
      ? []
      : changesOf(
          whole,
          same.map((one) => ({ ...one, text })),
        );

  return (
    <Panel
      title={t('imports.sheet.title')}
      extra={
        <span role="status" className={corrections.saving === 'failed' ? 'cells-state error-text' : 'cells-state hint'}>
          {corrections.saving === 'failed' ? (
            <>
              {t('imports.sheet.unsaved')}{' '}
              <Button size="small" onClick={() => void corrections.flush()}>
                {t('common.retry')}
              </Button>
            </>
          ) : corrections.saving === 'saving' ? (
            t('imports.sheet.saving')
          ) : corrections.corrected > 0 || corrections.pending > 0 ? (
            t('imports.sheet.saved', { n: corrections.corrected, pending: corrections.pending })
          ) : (
            ''
          )}
        </span>
      }
    >
      <div className="toolbar cells-tools">
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
        <Checkbox checked={everything} onChange={(event) => setEverything(event.target.checked)}>
          {t('imports.sheet.everything')}
        </Checkbox>
        <span className="cells-buttons">
          <Button
            icon={<UpOutlined aria-hidden />}
            aria-label={t('imports.sheet.lastIssue')}
            title={`${t('imports.sheet.lastIssue')} (Shift+F8)`}
            onClick={() => nextIssue(true)}
          />
          <Button
            icon={<DownOutlined aria-hidden />}
            title={`${t('imports.sheet.nextIssue')} (F8)`}
            onClick={() => nextIssue(false)}
          >
            {t('imports.sheet.nextIssue')}
          </Button>
          {!readOnly && (
            <>
              <Button
                icon={<UndoOutlined aria-hidden />}
                aria-label={t('imports.sheet.undo')}
                title={`${t('imports.sheet.undo')} (Ctrl+Z)`}
                disabled={!corrections.canUndo}
                onClick={() => show(corrections.undo())}
              />
              <Button
                icon={<RedoOutlined aria-hidden />}
                aria-label={t('imports.sheet.redo')}
                title={`${t('imports.sheet.redo')} (Ctrl+Y)`}
                disabled={!corrections.canRedo}
                onClick={() => show(corrections.redo())}
              />
            </>
          )}
        </span>
      </div>
      <ProblemAlert error={corrections.error} />
      {sheets.length > 1 && (
        <Segmented
          className="cells-tabs"
          aria-label={t('imports.sheet.sheets')}
          value={shown}
          onChange={(next) => {
            setTab(next);
            setActive({ row: 0, col: 0 });
          }}
          options={sheets.map((name) => ({
            value: name,
            label: `${name} ${counts.get(name) ?? 0}`,
            disabled: !counts.get(name),
          }))}
        />
      )}
      {rows.length === 0 || columns.length === 0 || !row || !column ? (
        <Empty title={t('imports.noRows')} />
      ) : (
        <>
          <CorrectionGrid
            label={t('imports.sheet.title')}
            sheet={sheet}
            rows={rows}
            columns={columns}
            placeOf={placeOf}
            told={told}
            corrections={corrections}
            active={place}
            onActive={setActive}
            readOnly={readOnly}
            onUndo={() => show(corrections.undo())}
            onRedo={() => show(corrections.redo())}
            onNextIssue={nextIssue}
          />
          {more.hasNextPage && (
            <p className="page-foot">
              <span className="hint">{t('imports.sheet.loaded', { n: all.length, total: each.rowsTotal })}</span>
              <Button size="small" loading={more.isFetchingNextPage} onClick={() => more.fetchNextPage()}>
                {t('common.more')}
              </Button>
            </p>
          )}
          <CellFacts
            row={row}
            column={column}
            place={placeOf(row)}
            correction={correction}
            changed={correction !== corrections.appliedOf(keyOf(row.rowNumber, column.header))}
            loose={looseIssues(row, headers)}
            placeOfRow={(rowNumber) => {
              const other = all.find((one) => one.rowNumber === rowNumber);
              return other ? placeOf(other) : String(rowNumber);
            }}
          >
            {!readOnly && (
              <p className="page-foot">
                <Button
                  size="small"
                  icon={<CopyOutlined aria-hidden />}
                  disabled={sameChanges.length === 0}
                  onClick={() => {
                    corrections.change(sameChanges);
                    void message.success(t('imports.sheet.sameDone', { n: sameChanges.length }));
                  }}
                >
                  {sameChanges.length > 0
                    ? t('imports.sheet.sameFor', { n: sameChanges.length })
                    : t('imports.sheet.same')}
                </Button>
                <Button
                  size="small"
                  icon={<VerticalAlignBottomOutlined aria-hidden />}
                  title={`${t('imports.sheet.above')} (Ctrl+D)`}
                  disabled={place.row === 0}
                  onClick={() => corrections.change(changesOf(sheet, filledDown(sheet, rangeOf(place, place))))}
                >
                  {t('imports.sheet.above')}
                </Button>
                <Button
                  size="small"
                  icon={<RollbackOutlined aria-hidden />}
                  disabled={correction === undefined}
                  onClick={() =>
                    corrections.change(changesOf(sheet, [{ ...place, text: row.original[column.header] ?? '' }]))
                  }
                >
                  {t('imports.sheet.takeBack')}
                </Button>
              </p>
            )}
          </CellFacts>
        </>
      )}
    </Panel>
  );
}

/** Of the cell that is chosen: what stands in the file, what was made of it, what is doubtful; and of its row. */
function CellFacts({
  row,
  column,
  place,
  correction,
  changed,
  loose,
  placeOfRow,
  children,
}: {
  row: ImportRow;
  column: GridColumn;
  place: string;
  correction: string | undefined;
  changed: boolean;
  loose: ImportRow['issues'];
  placeOfRow: (rowNumber: number) => string;
  children: React.ReactNode;
}) {
  const { t } = useTranslation();
  const fact = useFactText();
  const issues = row.issues.filter((issue) => issue.column === column.header);
  const parsed = column.field === null ? undefined : row.parsed[column.field];
  return (
    <div className="cell-facts">
      <section aria-label={t('imports.sheet.thisCell')}>
        <h3>
          {column.header} <span className="hint num">{place}</span>
        </h3>
        <dl className="cell-list">
          <div>
            <dt>{t('imports.original')}</dt>
            <dd className="text">
              {row.original[column.header] || <span className="muted">{t('imports.sheet.empty')}</span>}
            </dd>
          </div>
          {correction !== undefined && (
            <div>
              <dt>{t('imports.sheet.correctedTo')}</dt>
              <dd className="text">{correction || <span className="muted">{t('imports.sheet.empty')}</span>}</dd>
            </div>
          )}
          <div>
            <dt>{t('imports.parsed')}</dt>
            <dd>
              {changed ? (
                <span className="muted">{t('imports.sheet.judgedAgain')}</span>
              ) : parsed !== undefined && column.field !== null ? (
                fact.value(column.field, parsed)
              ) : (
                <span className="muted">{t('common.none')}</span>
              )}
            </dd>
          </div>
        </dl>
        <Issues issues={issues} />
        {children}
      </section>
      <section aria-label={t('imports.sheet.thisRow')}>
        <h3>
          {typeof row.parsed.name === 'string' ? row.parsed.name : t('imports.sheet.thisRow')}{' '}
          <span className="hint num">{place}</span>
        </h3>
        <Issues issues={loose} />
        <RowFacts row={row} placeOf={placeOfRow} />
      </section>
    </div>
  );
}

function Issues({ issues }: { issues: ImportRow['issues'] }) {
  const { t } = useTranslation();
  return issues.length === 0 ? null : (
    <ul className="loose">
      {issues.map((issue, i) => (
        <li key={i}>
          <span className={issue.severity === 'refusal' ? 'tag tag-bad' : 'tag tag-pending'}>
            {t(`imports.severity.${issue.severity}`)}
          </span>{' '}
          {issue.message}
        </li>
      ))}
    </ul>
  );
}
