// SPDX-License-Identifier: Apache-2.0
// Days as texts "2026-01-05": what a person typed, weeks of a month, stepping. No clock and no time zone, so that a day
// never moves.

const at = (iso: string) => Date.parse(iso + 'T00:00:00Z');
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const pad = (n: number, size = 2) => String(n).padStart(size, '0');

export const daysOfMonth = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();
export const addDays = (day: string, n: number) => iso(at(day) + n * 86_400_000);
/// 0 = Monday … 6 = Sunday.
export const weekday = (day: string) => (new Date(at(day)).getUTCDay() + 6) % 7;
export const daysBetween = (from: string, to: string) => Math.round((at(to) - at(from)) / 86_400_000);

/// The same day of another month, or that month's last where it has no such day.
export function addMonths(day: string, n: number): string {
  const [y = 0, m = 1, d = 1] = day.split('-').map(Number);
  const months = y * 12 + (m - 1) + n;
  const year = Math.floor(months / 12);
  const month = (months % 12) + 1;
  return `${pad(year, 4)}-${pad(month)}-${pad(Math.min(d, daysOfMonth(year, month)))}`;
}

/// The weeks that show a month "2026-09", from Monday; days of its neighbours fill the first and last.
export function weeksOf(month: string): string[][] {
  const first = `${month}-01`;
  let day = addDays(first, -weekday(first));
  const weeks: string[][] = [];
  do {
    weeks.push(Array.from({ length: 7 }, (_, i) => addDays(day, i)));
    day = addDays(day, 7);
  } while (day.startsWith(month));
  return weeks;
}

/// What a typed day came to: `day` is empty where nothing was typed. A fault names what is wrong, with its numbers.
export type TypedDay = { day: string } | { fault: 'form' } | { fault: 'none'; d: number; month: string };

/// Reads a day as officers write it, day before month always: 5/1/26, 05-01-2026, 5.1.2026, 05012026; "5/1" is of the
/// year of `today`; 2026-01-05 is taken as it stands. Two digits of a year are of this century.
export function typedDay(text: string, today: string): TypedDay {
  const clean = text.normalize('NFKC').trim();
  if (!clean) return { day: '' };
  const found =
    /^(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})$/.exec(clean) ??
    /^(?<d>\d{1,2})\s*[/.\-\s]\s*(?<m>\d{1,2})(?:\s*[/.\-\s]\s*(?<y>\d{4}|\d{2}))?$/.exec(clean) ??
    /^(?<d>\d{2})(?<m>\d{2})(?<y>\d{4})$/.exec(clean);
  if (!found?.groups) return { fault: 'form' };
  const { d: dayText, m: monthText, y: yearText } = found.groups;
  const d = Number(dayText);
  const m = Number(monthText);
  const y = yearText === undefined ? Number(today.slice(0, 4)) : yearText.length === 2 ? 2000 + Number(yearText) : Number(yearText);
  if (m < 1 || m > 12 || d < 1 || d > 31 || y < 1900) return { fault: 'form' };
  if (d > daysOfMonth(y, m)) return { fault: 'none', d, month: `${m}/${y}` };
  return { day: `${y}-${pad(m)}-${pad(d)}` };
}
