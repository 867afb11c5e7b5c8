// SPDX-License-Identifier: Apache-2.0

/// "14:32" of today, "14:32 ngày 16/9/2026" of another day, by this device's clock.
export function timeOf(iso: string, date: (day: string) => string, language: 'vi' | 'en', now = new Date()): string {
  const at = new Date(iso);
  const two = (n: number) => String(n).padStart(2, '0');
  const day = (of: Date) => `${of.getFullYear()}-${two(of.getMonth() + 1)}-${two(of.getDate())}`;
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`;
  if (day(at) === day(now)) return time;
  return language === 'vi' ? `${time} ngày ${date(day(at))}` : `${date(day(at))} ${time}`;
}
