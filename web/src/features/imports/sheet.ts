import type { ImportRow } from '@/api/types';

/** A cell by its place in the sheet that is shown, from 0. */
export interface Place {
  row: number;
  col: number;
}

/** Cells in a rectangle, both corners among them. */
export interface Range {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/** A correction before and after: undefined is the file's own text. */
export interface Change {
  key: string;
  before: string | undefined;
  after: string | undefined;
}

/** What was done, step by step, and what was undone. */
export interface History {
  past: readonly (readonly Change[])[];
  future: readonly (readonly Change[])[];
}

/** What is to stand in a cell. */
export interface Entry extends Place {
  text: string;
}

export const noHistory: History = { past: [], future: [] };

/** The rows and columns that are shown, and what is read in each cell. */
export interface Sheet {
  rows: readonly Pick<ImportRow, 'rowNumber' | 'original'>[];
  columns: readonly string[];
  /** The correction of a cell; undefined where the file's own text stands. */
  correction: (key: string) => string | undefined;
}

export function keyOf(rowNumber: number, column: string): string {
  return `${rowNumber}|${column}`;
}

export function cellOf(key: string): { rowNumber: number; column: string } {
  const at = key.indexOf('|');
  return { rowNumber: Number(key.slice(0, at)), column: key.slice(at + 1) };
}

function cellAt(sheet: Sheet, { row, col }: Place): { key: string; original: string } | undefined {
  const [line, column] = [sheet.rows[row], sheet.columns[col]];
  const original = line && column !== undefined ? line.original[column] : undefined;
  // A row of another table has no such cell.
  return line && column !== undefined && original !== undefined
    ? { key: keyOf(line.rowNumber, column), original }
    : undefined;
}

/** What stands in a cell now; undefined where there is none. */
export function textAt(sheet: Sheet, place: Place): string | undefined {
  const cell = cellAt(sheet, place);
  return cell && (sheet.correction(cell.key) ?? cell.original);
}

export function rangeOf(one: Place, other: Place): Range {
  return {
    top: Math.min(one.row, other.row),
    left: Math.min(one.col, other.col),
    bottom: Math.max(one.row, other.row),
    right: Math.max(one.col, other.col),
  };
}

function placesIn({ top, left, bottom, right }: Range): Place[] {
  const places: Place[] = [];
  for (let row = top; row <= bottom; row++) for (let col = left; col <= right; col++) places.push({ row, col });
  return places;
}

/** Cells as a spreadsheet copies them: parted by tabs and lines, quoted where they hold such. */
export function readBlock(text: string): string[][] {
  let line: string[] = [];
  const block = [line];
  let cell = '';
  let quoted = false;
  let begun = false;
  const endCell = () => {
    line.push(cell);
    cell = '';
    begun = false;
  };
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') {
        cell += '"';
        at++;
      } else quoted = false;
    } else if (letter === '"' && !begun && closes(text, at)) {
      quoted = true;
      begun = true;
    } else if (letter === '\t') endCell();
    else if (letter === '\n' || letter === '\r') {
      if (letter === '\r' && text[at + 1] === '\n') at++;
      endCell();
      if (at + 1 === text.length) return block;
      line = [];
      block.push(line);
    } else {
      cell += letter;
      begun = true;
    }
  }
  endCell();
  return block;
}

/** Whether a quotation mark at the beginning of a cell is closed at the end of one: else it is a letter. */
function closes(text: string, from: number): boolean {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] !== '"') continue;
    if (text[at + 1] === '"') at++;
    else return at + 1 === text.length || /[\t\r\n]/.test(text.charAt(at + 1));
  }
  return false;
}

/** The cells of a range as a spreadsheet takes them. */
export function writeBlock(sheet: Sheet, range: Range): string {
  const lines: string[] = [];
  for (let row = range.top; row <= range.bottom; row++) {
    const cells: string[] = [];
    for (let col = range.left; col <= range.right; col++) {
      const text = textAt(sheet, { row, col }) ?? '';
      cells.push(/[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    }
    lines.push(cells.join('\t'));
  }
  return lines.join('\n');
}

/**
 * What pasting a block makes of a selection: over a selection that holds it several times it is repeated, over any
 * other it is laid from the first cell on. What would stand beyond the sheet is left out.
 */
export function pasted(sheet: Sheet, range: Range, block: readonly (readonly string[])[]): Entry[] {
  const height = block.length;
  const width = Math.max(...block.map((line) => line.length));
  const [rows, cols] = [range.bottom - range.top + 1, range.right - range.left + 1];
  const repeats = rows % height === 0 && cols % width === 0;
  const target = repeats ? range : { ...range, bottom: range.top + height - 1, right: range.left + width - 1 };
  return placesIn({
    ...target,
    bottom: Math.min(target.bottom, sheet.rows.length - 1),
    right: Math.min(target.right, sheet.columns.length - 1),
  }).flatMap((place) => {
    const text = block[(place.row - range.top) % height]?.[(place.col - range.left) % width];
    return text === undefined ? [] : [{ ...place, text }];
  });
}

/** The first row of a selection in all its rows; of a selection of one row, what stands above it. */
export function filledDown(sheet: Sheet, range: Range): Entry[] {
  const from = range.top === range.bottom ? range.top - 1 : range.top;
  if (from < 0) return [];
  return placesIn({ ...range, top: from + 1 }).flatMap((place) => {
    const text = textAt(sheet, { row: from, col: place.col });
    return text === undefined ? [] : [{ ...place, text }];
  });
}

export function emptied(range: Range): Entry[] {
  return placesIn(range).map((place) => ({ ...place, text: '' }));
}

/** The cells of a column in which the file has the same text as in this one, itself among them. */
export function alike(sheet: Sheet, place: Place): Place[] {
  const original = cellAt(sheet, place)?.original;
  if (original === undefined) return [];
  return sheet.rows.flatMap((_, row) =>
    cellAt(sheet, { row, col: place.col })?.original === original ? [{ row, col: place.col }] : [],
  );
}

/** What entries change: a cell that is not there is left out, and one that says so already; the file's own text is no correction. */
export function changesOf(sheet: Sheet, entries: readonly Entry[]): Change[] {
  const changes = new Map<string, Change>();
  for (const entry of entries) {
    const cell = cellAt(sheet, entry);
    if (!cell) continue;
    const before = sheet.correction(cell.key);
    const after = entry.text === cell.original ? undefined : entry.text;
    if (before !== after) changes.set(cell.key, { key: cell.key, before, after });
    else changes.delete(cell.key);
  }
  return [...changes.values()];
}

/** What was done is remembered; what had been undone before is gone. */
export function done({ past }: History, changes: readonly Change[]): History {
  return changes.length === 0 ? { past, future: [] } : { past: [...past, changes], future: [] };
}

/** Takes back the last step: what changes by it, and the history after it. */
export function undone({ past, future }: History): { changes: Change[]; history: History } | undefined {
  const last = past.at(-1);
  return (
    last && {
      changes: last.map(({ key, before, after }) => ({ key, before: after, after: before })),
      history: { past: past.slice(0, -1), future: [last, ...future] },
    }
  );
}

/** Does again what was taken back last. */
export function redone({ past, future }: History): { changes: Change[]; history: History } | undefined {
  const next = future[0];
  return next && { changes: [...next], history: { past: [...past, next], future: future.slice(1) } };
}

/** Where a key leads from a cell; undefined for a key that leads nowhere. */
export function moved(
  { row, col }: Place,
  key: string,
  far: boolean,
  size: { rows: number; columns: number; page: number },
): Place | undefined {
  const [lastRow, lastCol] = [size.rows - 1, size.columns - 1];
  switch (key) {
    case 'ArrowUp':
      return { row: far ? 0 : Math.max(0, row - 1), col };
    case 'ArrowDown':
      return { row: far ? lastRow : Math.min(lastRow, row + 1), col };
    case 'ArrowLeft':
      return { row, col: far ? 0 : Math.max(0, col - 1) };
    case 'ArrowRight':
      return { row, col: far ? lastCol : Math.min(lastCol, col + 1) };
    case 'Home':
      return { row: far ? 0 : row, col: 0 };
    case 'End':
      return { row: far ? lastRow : row, col: lastCol };
    case 'PageUp':
      return { row: Math.max(0, row - size.page), col };
    case 'PageDown':
      return { row: Math.min(lastRow, row + size.page), col };
    default:
      return undefined;
  }
}

/** The next cell in reading order; undefined beyond the last, or before the first. */
export function stepped(
  { row, col }: Place,
  back: boolean,
  size: { rows: number; columns: number },
): Place | undefined {
  const at = row * size.columns + col + (back ? -1 : 1);
  return at < 0 || at >= size.rows * size.columns
    ? undefined
    : { row: Math.floor(at / size.columns), col: at % size.columns };
}
