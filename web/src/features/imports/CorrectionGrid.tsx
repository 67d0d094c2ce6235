import {
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type ClipboardEvent,
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
} from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { ImportRow } from '@/api/types';
import { useVirtualRows } from '@/shared/useVirtualRows';
import { outcomeOf, type Told } from './rowText';
import {
  changesOf,
  emptied,
  filledDown,
  keyOf,
  moved,
  pasted,
  rangeOf,
  readBlock,
  stepped,
  textAt,
  writeBlock,
  type Entry,
  type Place,
  type Range,
  type Sheet,
} from './sheet';
import type { Corrections } from './useCorrections';

const ROW = 32;
const HEAD = 56;
const SIDE = 168;
const PAGE = 15;

export interface GridColumn {
  header: string;
  /** What the column means to the system; null where it means nothing. */
  field: string | null;
  title: string;
}

interface Props {
  label: string;
  sheet: Sheet;
  rows: readonly ImportRow[];
  columns: readonly GridColumn[];
  placeOf: (row: ImportRow) => string;
  told: Told;
  corrections: Corrections;
  active: Place;
  onActive: (place: Place) => void;
  readOnly: boolean;
  onUndo: () => void;
  onRedo: () => void;
  onNextIssue: (back: boolean) => void;
}

/** The rows of an import as a spreadsheet: walked and corrected by keyboard or mouse, pasted into, filled down. Only what is in sight is drawn. */
export function CorrectionGrid(props: Props) {
  const { sheet, rows, columns, corrections, active, onActive, readOnly, told, placeOf } = props;
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const editor = useRef<HTMLInputElement>(null);
  const id = useId();
  // A selection that was made around another cell ends where the active cell jumps.
  const [held, setHeld] = useState({ anchor: active, to: active });
  const [draft, setDraft] = useState<string | null>(null);
  const [focused, setFocused] = useState(false);
  const dragging = useRef(false);
  const leaving = useRef(false);

  const selection: Range = rangeOf(held.to === active ? held.anchor : active, active);
  const widths = useMemo(() => columns.map((column) => widthOf(column, rows)), [columns, rows]);

  const down = useVirtualRows({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 10,
    scrollPaddingStart: HEAD,
    paddingStart: HEAD,
  });
  const across = useVirtualRows({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => box.current,
    estimateSize: (at) => widths[at] ?? 120,
    overscan: 3,
    scrollPaddingStart: SIDE,
    paddingStart: SIDE,
  });
  useEffect(() => {
    across.measure();
  }, [across, widths]);

  useEffect(() => {
    down.scrollToIndex(active.row, { align: 'auto' });
    across.scrollToIndex(active.col, { align: 'auto' });
  }, [active, down, across]);

  const go = (place: Place, extend = false) => {
    const from = held.to === active ? held.anchor : active;
    setHeld({ anchor: extend ? from : place, to: place });
    onActive(place);
  };
  const put = (entries: readonly Entry[]) => {
    if (!readOnly) corrections.change(changesOf(sheet, entries));
  };
  const commit = () => {
    if (draft !== null) put([{ ...active, text: draft }]);
    setDraft(null);
  };
  const canEdit = !readOnly && textAt(sheet, active) !== undefined;
  const edit = () => {
    if (canEdit) setDraft(textAt(sheet, active) ?? '');
  };
  const size = { rows: rows.length, columns: columns.length, page: PAGE };

  function whileEditing(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      setDraft(null);
    } else if (event.key === 'Enter') {
      commit();
      go(moved(active, event.shiftKey ? 'ArrowUp' : 'ArrowDown', false, size) ?? active);
    } else if (event.key === 'Tab') {
      commit();
      go(stepped(active, event.shiftKey, size) ?? active);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function whileWalking(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return;
    const far = event.ctrlKey || event.metaKey;
    const letter = event.key.toLowerCase();
    const place = event.altKey ? undefined : moved(active, event.key, far, size);
    if (place) go(place, event.shiftKey);
    else if (event.key === 'Tab') {
      const next = leaving.current ? undefined : stepped(active, event.shiftKey, size);
      leaving.current = false;
      if (!next) return;
      go(next);
    } else if (event.key === 'Escape') {
      leaving.current = true;
      setHeld({ anchor: active, to: active });
      return;
    } else if (event.key === 'Enter' || event.key === 'F2') edit();
    else if (event.key === 'F8') props.onNextIssue(event.shiftKey);
    else if (event.key === 'Delete' || event.key === 'Backspace') put(emptied(selection));
    else if (far && letter === 'z' && event.shiftKey) props.onRedo();
    else if (far && letter === 'z') props.onUndo();
    else if (far && letter === 'y') props.onRedo();
    else if (far && letter === 'd') put(filledDown(sheet, selection));
    else if (far && letter === 'a') {
      const to = { row: size.rows - 1, col: size.columns - 1 };
      setHeld({ anchor: { row: 0, col: 0 }, to });
      onActive(to);
    } else return;
    event.preventDefault();
  }

  const copy = (event: ClipboardEvent, cut: boolean) => {
    if (draft !== null) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', writeBlock(sheet, selection));
    if (cut) put(emptied(selection));
  };
  const paste = (event: ClipboardEvent) => {
    if (draft !== null) return;
    event.preventDefault();
    const block = readBlock(event.clipboardData.getData('text/plain'));
    put(pasted(sheet, selection, block));
    const last = {
      row: selection.top + block.length - 1,
      col: selection.left + Math.max(...block.map((l) => l.length)) - 1,
    };
    if (selection.top === selection.bottom && selection.left === selection.right) {
      const to = { row: Math.min(last.row, size.rows - 1), col: Math.min(last.col, size.columns - 1) };
      setHeld({ anchor: { row: selection.top, col: selection.left }, to });
      onActive(to);
    }
  };

  const placeAt = (event: MouseEvent): Place | undefined => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-cell]');
    const [row, col] = cell?.dataset.cell?.split(',').map(Number) ?? [];
    return row === undefined || col === undefined ? undefined : { row, col };
  };

  const items = down.getVirtualItems();
  const cols = across.getVirtualItems();
  const width = across.getTotalSize();
  const editing = draft !== null;
  const [left, top] = [startOf(widths, active.col), HEAD + active.row * ROW];

  return (
    <div
      ref={box}
      className={focused ? 'cells cells-focused' : 'cells'}
      onMouseDown={(event) => {
        const place = placeAt(event);
        if (!place) return;
        if (editing) commit();
        event.preventDefault();
        editor.current?.focus({ preventScroll: true });
        dragging.current = true;
        go(place, event.shiftKey);
      }}
      onMouseOver={(event) => {
        const place = dragging.current && event.buttons === 1 ? placeAt(event) : undefined;
        if (place) go(place, true);
      }}
      onMouseUp={() => (dragging.current = false)}
      onDoubleClick={(event) => {
        if (placeAt(event)) edit();
      }}
    >
      <div
        role="grid"
        aria-label={props.label}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length + 1}
        aria-multiselectable
        aria-readonly={readOnly || undefined}
        className="cells-grid"
        style={{ height: down.getTotalSize(), width }}
      >
        <div role="row" aria-rowindex={1} className="cells-head" style={{ height: HEAD, width }}>
          <div role="columnheader" aria-colindex={1} className="cells-side" style={{ width: SIDE }}>
            {t('imports.sheet.row')}
          </div>
          {cols.map((item) => {
            const column = columns[item.index];
            return column === undefined ? null : (
              <div
                key={item.key}
                role="columnheader"
                aria-colindex={item.index + 2}
                className="cells-column"
                style={{ left: item.start, width: item.size }}
                title={column.header}
              >
                <span className="cells-heading">{column.header}</span>
                <span className={column.field ? 'cells-field' : 'cells-field muted'}>{column.title}</span>
              </div>
            );
          })}
        </div>
        {items.map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          const said = told.row(row);
          const outcome = outcomeOf(row);
          return (
            <div
              key={row.rowNumber}
              role="row"
              aria-rowindex={item.index + 2}
              className={item.index % 2 ? 'cells-row cells-odd' : 'cells-row'}
              style={{ top: item.start, height: ROW, width }}
            >
              <div
                role="rowheader"
                aria-colindex={1}
                className={`cells-side cells-${outcome}${said ? ' cells-said' : ''}`}
                style={{ width: SIDE }}
                title={said}
                data-cell={`${item.index},0`}
              >
                <span className="cells-dot" aria-hidden />
                <span className="cells-place num">{placeOf(row)}</span>
                <span className="cells-outcome">{t(`imports.outcome.${outcome}`)}</span>
              </div>
              {cols.map((one) => {
                const column = columns[one.index];
                const key = keyOf(row.rowNumber, column?.header ?? '');
                return column === undefined ? null : (
                  <Cell
                    key={one.key}
                    id={`${id}-${item.index}-${one.index}`}
                    place={{ row: item.index, col: one.index }}
                    column={column}
                    row={row}
                    text={textAt(sheet, { row: item.index, col: one.index })}
                    correction={corrections.of(key)}
                    applied={corrections.appliedOf(key)}
                    told={told}
                    active={item.index === active.row && one.index === active.col}
                    selected={
                      item.index >= selection.top &&
                      item.index <= selection.bottom &&
                      one.index >= selection.left &&
                      one.index <= selection.right
                    }
                    style={{ left: one.start, width: one.size }}
                  />
                );
              })}
            </div>
          );
        })}
      </div>
      <input
        ref={editor}
        className={editing ? 'cells-editor cells-editing' : 'cells-editor'}
        style={{ left, top, width: Math.max(widths[active.col] ?? 0, editing ? 180 : 0), height: ROW }}
        aria-label={told.cellLabel(rows[active.row], columns[active.col]?.header, textAt(sheet, active))}
        aria-describedby={`${id}-keys`}
        aria-invalid={told.isBad(rows[active.row], columns[active.col]?.header) || undefined}
        autoComplete="off"
        spellCheck={false}
        readOnly={!canEdit}
        value={draft ?? ''}
        onFocus={() => setFocused(true)}
        onBlur={() => {
          setFocused(false);
          leaving.current = false;
          commit();
        }}
        onKeyDown={(event) => (editing ? whileEditing(event) : whileWalking(event))}
        // A method of writing in that composes begins in the cell itself: nothing of it may be lost.
        onCompositionStart={() => flushSync(() => setDraft((before) => before ?? ''))}
        onChange={(event) => canEdit && setDraft(event.target.value)}
        onCopy={(event) => copy(event, false)}
        onCut={(event) => copy(event, true)}
        onPaste={paste}
      />
      <p id={`${id}-keys`} className="visually-hidden">
        {t('imports.sheet.keys')}
      </p>
      <p className="visually-hidden" aria-live="polite">
        {focused && !editing
          ? told.cellLabel(rows[active.row], columns[active.col]?.header, textAt(sheet, active))
          : ''}
      </p>
    </div>
  );
}

function Cell({
  id,
  place,
  column,
  row,
  text,
  correction,
  applied,
  told,
  active,
  selected,
  style,
}: {
  id: string;
  place: Place;
  column: GridColumn;
  row: ImportRow;
  text: string | undefined;
  correction: string | undefined;
  applied: string | undefined;
  told: Told;
  active: boolean;
  selected: boolean;
  style: CSSProperties;
}) {
  const issues = row.issues.filter((issue) => issue.column === column.header);
  const worst = issues.some((issue) => issue.severity === 'refusal') ? 'bad' : issues.length > 0 ? 'doubt' : undefined;
  const changed = correction !== applied;
  const classes = [
    'cells-cell',
    text === undefined && 'cells-none',
    worst && `cells-${worst}`,
    correction !== undefined && 'cells-corrected',
    changed && 'cells-changed',
    selected && 'cells-selected',
    active && 'cells-active',
  ];
  return (
    <div
      id={id}
      role="gridcell"
      aria-colindex={place.col + 2}
      aria-selected={selected}
      aria-readonly={text === undefined || undefined}
      className={classes.filter(Boolean).join(' ')}
      style={style}
      title={told.cell(row, column.header, correction)}
      data-cell={`${place.row},${place.col}`}
    >
      {text}
      {worst && <span className="visually-hidden"> {issues.map((issue) => issue.message).join(' ')}</span>}
    </div>
  );
}

function startOf(widths: readonly number[], col: number): number {
  return widths.slice(0, col).reduce((sum, each) => sum + each, SIDE);
}

/** As wide as what stands in the first rows needs, within limits. */
function widthOf(column: GridColumn, rows: readonly ImportRow[]): number {
  const longest = Math.max(
    breadth(column.header),
    breadth(column.title),
    ...rows.slice(0, 60).map((row) => breadth(row.original[column.header] ?? '')),
  );
  return Math.max(84, Math.min(300, longest * 7.2 + 26));
}

/** The room that a text takes, in letters: Chinese ones take two. */
function breadth(text: string): number {
  let sum = 0;
  for (const letter of text) sum += letter > '\u2e7f' ? 2 : 1;
  return sum;
}
