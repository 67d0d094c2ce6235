import type { PostedPeople } from '@/api/types';

export type Officer = PostedPeople['officers'][number];

/** What is wrong with a line of people, where it is not a person. */
export interface LineFault {
  line: number;
  fault: 'fields' | 'day';
}

/** A day as it is typed or pasted from a sheet: 2024-5-1, 2024/5/1, 2024.5.1; null where it is none. */
function dayOf(text: string): string | null {
  const parts = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (!parts) return null;
  const day = `${parts[1]}-${parts[2]?.padStart(2, '0')}-${parts[3]?.padStart(2, '0')}`;
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) ? day : null;
}

/** People as lines: name, where posted, first day, last day; parted by tabs, as sheets are, or by commas. */
export function readOfficers(text: string): { officers: Officer[]; faults: LineFault[] } {
  const officers: Officer[] = [];
  const faults: LineFault[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const cells = line.split(line.includes('\t') ? '\t' : /[,\uff0c]/).map((cell) => cell.trim());
    const [name = '', postedTo = '', from = '', to = ''] = cells;
    if (name === '' || cells.length > 4) {
      faults.push({ line: at + 1, fault: 'fields' });
      continue;
    }
    const [first, last] = [dayOf(from), dayOf(to)];
    if ((from !== '' && first === null) || (to !== '' && last === null)) {
      faults.push({ line: at + 1, fault: 'day' });
      continue;
    }
    officers.push({
      name,
      ...(postedTo && { postedTo }),
      ...(first && { from: first }),
      ...(last && { to: last }),
    });
  }
  return { officers, faults };
}

/** The lines that say the same. */
export const officerLines = (officers: readonly Officer[]): string =>
  officers
    .map((each) => [each.name, each.postedTo, each.from, each.to].map((cell) => cell ?? '').join(', '))
    .map((line) => line.replace(/[, ]+$/, ''))
    .join('\n');
