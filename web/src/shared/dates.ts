/** Instants are shown in Shanghai's time, whatever the device's zone; dates are calendar dates there. */

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
});

function shanghai(instant: string | number | Date): Record<string, string> {
  return Object.fromEntries(parts.formatToParts(new Date(instant)).map((part) => [part.type, part.value]));
}

export type Precision = 'day' | 'minute' | 'second' | 'millisecond';

export function formatInstant(instant: string | number | Date, precision: Precision = 'minute'): string {
  const p = shanghai(instant);
  const day = `${p.year}-${p.month}-${p.day}`;
  if (precision === 'day') return day;
  const minute = `${day} ${p.hour}:${p.minute}`;
  if (precision === 'minute') return minute;
  const second = `${minute}:${p.second}`;
  return precision === 'second' ? second : `${second}.${p.fractionalSecond}`;
}

export function today(now: number = Date.now()): string {
  return formatInstant(now, 'day');
}

/** `YYYY-MM` of the months from this one back. */
export function recentMonths(count: number, now: number = Date.now()): string[] {
  const [year = 0, month = 1] = today(now).split('-').map(Number);
  return Array.from({ length: count }, (_, back) => {
    const index = year * 12 + (month - 1) - back;
    return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
  });
}

/** A month as people write it in a language, November 2026. */
export function monthName(month: string, language: string): string {
  return new Date(`${month}-01T00:00:00Z`).toLocaleDateString(language === 'en' ? 'en-GB' : 'zh-CN', {
    year: 'numeric',
    month: language === 'en' ? 'short' : 'long',
    timeZone: 'UTC',
  });
}

export function addDays(date: string, days: number): string {
  const [year = 1970, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10);
}

/** The instant at which a Shanghai day ends. */
export function endOfDay(date: string): string {
  return new Date(`${date}T23:59:59.999+08:00`).toISOString();
}

/** An instant as a local date and time of Shanghai, for an input. */
export function shanghaiLocal(instant: string): string {
  return formatInstant(instant).replace(' ', 'T');
}

/** The instant that a local date and time of Shanghai is. */
export function shanghaiInstant(local: string): string {
  return new Date(`${local.slice(0, 16)}:00+08:00`).toISOString();
}
