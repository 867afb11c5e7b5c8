// SPDX-License-Identifier: Apache-2.0
// Exact arithmetic on the decimals of the API, for what is shown beside a figure and never stored: a change, a share, a
// place. Whole numbers of 10^-scale in a bigint; rounding is half away from zero as in the server (src/base/decimal), and
// happens once, at the end.
interface Exact { units: bigint; scale: number }

function read(text: string): Exact {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) throw new RangeError(`no decimal: ${text}`);
  const fraction = match[3] ?? '';
  const units = BigInt(match[2]! + fraction);
  return { units: match[1] ? -units : units, scale: fraction.length };
}

const power = (n: number) => 10n ** BigInt(n);

function print({ units, scale }: Exact): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const sign = units < 0n ? '-' : '';
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/// Both at the finer scale of the two.
function level(a: string, b: string): [bigint, bigint, number] {
  const x = read(a);
  const y = read(b);
  const scale = Math.max(x.scale, y.scale);
  return [x.units * power(scale - x.scale), y.units * power(scale - y.scale), scale];
}

export function compare(a: string, b: string): -1 | 0 | 1 {
  const [x, y] = level(a, b);
  return x < y ? -1 : x > y ? 1 : 0;
}

/// a - b, exactly.
export function minus(a: string, b: string): string {
  const [x, y, scale] = level(a, b);
  return print({ units: x - y, scale });
}

export const isZero = (a: string) => read(a).units === 0n;
export const isNegative = (a: string) => read(a).units < 0n;
export const magnitude = (a: string) => a.replace('-', '');

/// factor × a / b at `scale` places, half away from zero; null where b is zero.
export function ratio(a: string, b: string, scale: number, factor = 1n): string | null {
  const [x, y] = level(a, b);
  if (y === 0n) return null;
  const numerator = x * factor * power(scale);
  const negative = numerator < 0n !== y < 0n;
  const top = numerator < 0n ? -numerator : numerator;
  const bottom = y < 0n ? -y : y;
  const units = (2n * top + bottom) / (2n * bottom);
  return print({ units: negative ? -units : units, scale });
}

/// The same at another scale, half away from zero.
export function rounded(a: string, scale: number): string {
  return ratio(a, '1', scale)!;
}

/// How many per cent `part` is of `whole`.
export const percent = (part: string, whole: string, scale = 1) => ratio(part, whole, scale, 100n);

/// By how many per cent `now` differs from `then`; null where `then` is zero.
export function percentChange(now: string, then: string, scale = 1): string | null {
  return isZero(then) ? null : ratio(minus(now, then), magnitude(then), scale, 100n);
}

/// The place of each value, the largest first; equal values share a place and the next one is passed over (1, 2, 2, 4). What
/// has no value has no place.
export function ranks(values: readonly (string | null)[]): (number | null)[] {
  const scale = Math.max(0, ...values.map((v) => (v ? (v.split('.')[1]?.length ?? 0) : 0)));
  const known: { units: bigint; at: number }[] = [];
  values.forEach((v, at) => {
    if (!v) return;
    const x = read(v);
    known.push({ units: x.units * power(scale - x.scale), at });
  });
  known.sort((a, b) => (a.units < b.units ? 1 : a.units > b.units ? -1 : a.at - b.at));
  const places: (number | null)[] = values.map(() => null);
  known.forEach((one, i) => {
    const before = known[i - 1];
    places[one.at] = before && before.units === one.units ? places[before.at]! : i + 1;
  });
  return places;
}

/// The middle value that stands in the list: of an even number the lower of the two, as the server's distribution says it.
export function median(values: readonly string[]): string | null {
  const sorted = values.toSorted(compare);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}
