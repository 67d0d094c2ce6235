const DAY = 86_400_000;

const dayOf = (text: string): number | null => {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text ? null : at;
};

/** Dates as they are typed: a day or a span (`2027-10-01~2027-10-07`) a line; what cannot be read is told apart. */
export function readDays(text: string): { days: string[]; bad: string[] } {
  const days = new Set<string>();
  const bad: string[] = [];
  for (const part of text.split(/[\s,，、;；]+/).filter(Boolean)) {
    const [from, to = from] = part.split(/[~～]/);
    const [first, last] = [dayOf(from ?? ''), dayOf(to ?? '')];
    if (first === null || last === null || last < first || last - first > 40 * DAY) bad.push(part);
    else for (let at = first; at <= last; at += DAY) days.add(new Date(at).toISOString().slice(0, 10));
  }
  return { days: [...days].sort(), bad };
}

/** Days that follow each other as spans, in the form in which they are typed. */
export function inSpans(days: string[]): string[] {
  const spans: [string, string][] = [];
  for (const day of [...days].sort()) {
    const last = spans.at(-1);
    if (last && Date.parse(day) - Date.parse(last[1]) === DAY) last[1] = day;
    else spans.push([day, day]);
  }
  return spans.map(([from, to]) => (from === to ? from : `${from}~${to}`));
}
