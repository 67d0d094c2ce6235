import { saveText } from '@/api/client';

/** A cell as a spreadsheet reads it; a text that would be taken for a formula is marked as one (CWE-1236). */
function cell(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  const safe = /^[=+\-@]/.test(plain) && !/^[+-]?[\d,.]+%?$/.test(plain) ? `'${plain}` : plain;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The rows of a table as the page shows them, as lines of a CSV file. */
export function tableLines(box: HTMLElement): string[] {
  return [...box.querySelectorAll('tr')].map((row) =>
    [...row.querySelectorAll('th, td')].map((each) => cell(each.textContent)).join(','),
  );
}

/** Saves a table as the page shows it; the mark at its beginning has Excel read it as UTF-8. */
export function saveTable(box: HTMLElement, name: string): void {
  saveText(`\uFEFF${tableLines(box).join('\r\n')}\r\n`, name, 'text/csv;charset=utf-8');
}
