// SPDX-License-Identifier: Apache-2.0
// Moments as people here read them: local time is UTC+7, whatever the machine's own zone is.
const offset_ms = 7 * 3600_000;
const two = (n: number) => String(n).padStart(2, '0');

/// "2026-10-02T03:04:00.000Z" → "10:04, 02/10/2026"; "" stays "".
export function moment(iso: string, seconds = false): string {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return iso;
  const local = new Date(at + offset_ms);
  const time = `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}${seconds ? ':' + two(local.getUTCSeconds()) : ''}`;
  return `${time}, ${two(local.getUTCDate())}/${two(local.getUTCMonth() + 1)}/${local.getUTCFullYear()}`;
}

/// The day on which a moment falls here: "2026-12-31T17:00:00.000Z" → "2027-01-01".
export const localDay = (iso: string): string => new Date(Date.parse(iso) + offset_ms).toISOString().slice(0, 10);
