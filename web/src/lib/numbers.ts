// SPDX-License-Identifier: Apache-2.0
// Figures between people and the server. A figure is an exact decimal text ("1234567.5"); people write it with the marks
// of their language, or of another one when they paste. What can mean two figures is asked, never guessed.
export type Language = 'vi' | 'en';

const marks = { vi: { decimal: ',', thousands: '.' }, en: { decimal: '.', thousands: ',' } } as const;

export const isPlain = (text: string) => /^-?\d+(\.\d+)?$/.test(text);

/// "1234567.5" → "1.234.567,5" (vi). No arithmetic, so nothing is rounded. What is not a figure stays as it is.
export function written(plain: string, language: Language): string {
  if (!isPlain(plain)) return plain;
  const negative = plain.startsWith('-');
  const [whole = '', fraction = ''] = plain.replace('-', '').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, marks[language].thousands);
  return (negative ? '−' : '') + grouped + (fraction ? marks[language].decimal + fraction : '');
}

/// How one written text reads.
export type Reading =
  /// One figure; "" for nothing written. `marks`: whose marks it uses, where only one language writes it so.
  | { kind: 'figure'; plain: string; percent: boolean; marks?: Language }
  /// Two figures, one in each language: "1.234".
  | { kind: 'doubt'; vi: string; en: string; percent: boolean; thousands: Language }
  /// A lone dash: nought to some, nothing to others.
  | { kind: 'dash' }
  | { kind: 'wrong'; why: 'text' | 'date' | 'error' | 'rounded' };

const invisible = /[\u200b-\u200f\u2060\ufeff\u00ad]/g;
const spaces = /[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+/g;
const currency = /^(?:₫|đ|đồng|vnđ|vnd|usd|eur|\$|€)|(?:₫|đ|đồng|vnđ|vnd|usd|eur|\$|€)$/i;

/// "007.50" → "7.5": the same figure, written once.
function canonical(negative: boolean, whole: string, fraction: string): string {
  const digits = whole.replace(/^0+(?=\d)/, '') || '0';
  const places = fraction.replace(/0+$/, '');
  const size = places ? `${digits}.${places}` : digits;
  return negative && size !== '0' ? '-' + size : size;
}

function isDate(text: string): boolean {
  return (
    /^\d{1,4}[/-]\d{1,2}([/-]\d{1,4})?([ T]\d{1,2}:\d{2}(:\d{2})?)?$/.test(text) ||
    /^\d{1,2}\.\d{1,2}\.\d{2,4}$/.test(text) ||
    /^\d{1,2}:\d{2}(:\d{2})?$/.test(text) ||
    /^\d{1,2}[- ](thg|tháng|th|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[- ]?\d{0,4}([- ]\d{2,4})?$/i.test(text) ||
    /^(thg|tháng|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[- .]\d{1,4}$/i.test(text)
  );
}

/// The text without what surrounds a figure: sign, parentheses, percent, currency.
function unwrap(clean: string): { body: string; negative: boolean; percent: boolean } {
  let body = clean.replace(/^'/, '');
  let negative = false;
  let percent = false;
  const strip = (pattern: RegExp): boolean => {
    const shorter = body.replace(pattern, '').trim();
    if (shorter === body) return false;
    body = shorter;
    return true;
  };
  strip(currency);
  const parentheses = /^\(([^()]*)\)$/.exec(body);
  if (parentheses) {
    body = (parentheses[1] ?? '').trim();
    negative = true;
    strip(currency);
  } else if (strip(/^[-−–]\s*(?=[\d.,(₫$€])/) || strip(/(?<=\d)\s*[-−–]$/)) negative = true;
  else strip(/^\+(?=[\d.,])/);
  if (strip(/%$/) || strip(/^%/)) percent = true;
  strip(currency);
  return { body, negative, percent };
}

/// What `text` can mean, whatever the reader's language.
export function analyse(text: string): Reading {
  const clean = text.normalize('NFC').replace(invisible, '').replace(spaces, ' ').trim();
  if (clean === '' || clean === "'") return { kind: 'figure', plain: '', percent: false };
  if (/^[-−–—]+ ?(?:₫|đ|\$|€|%)?$/.test(clean)) return { kind: 'dash' };
  if (/^#+$/.test(clean) || /^[-−+]?\d+([.,]\d+)?e[+-]?\d+$/i.test(clean)) return { kind: 'wrong', why: 'rounded' };
  if (/^#[A-ZĐ/0!?]+/i.test(clean)) return { kind: 'wrong', why: 'error' };
  if (isDate(clean)) return { kind: 'wrong', why: 'date' };
  const { body, negative, percent } = unwrap(clean);
  const figure = (whole: string, fraction: string, whose?: Language): Reading => {
    const plain = canonical(negative, whole, fraction);
    return whose ? { kind: 'figure', plain, percent, marks: whose } : { kind: 'figure', plain, percent };
  };
  if (/^\d+$/.test(body)) return figure(body, '');
  // Groups parted by spaces or apostrophes leave both marks to the decimals.
  const spaced = /^(\d{1,3}(?:[ ']\d{3})+)(?:([.,])(\d+))?$/.exec(body);
  if (spaced) {
    const [, whole = '', mark, fraction = ''] = spaced;
    return figure(whole.replace(/[ ']/g, ''), fraction, mark === ',' ? 'vi' : mark === '.' ? 'en' : undefined);
  }
  for (const language of ['vi', 'en'] as const) {
    const t = language === 'vi' ? '\\.' : ',';
    const d = language === 'vi' ? ',' : '\\.';
    const grouped = new RegExp(`^(\\d{1,3}(?:${t}\\d{3})+)(?:${d}(\\d+))?$`).exec(body);
    if (grouped) {
      const [, whole = '', fraction = ''] = grouped;
      const digits = whole.replace(/[.,]/g, '');
      const groups = whole.split(/[.,]/);
      // One group alone may as well be three decimals; but nobody groups after a nought.
      if (groups.length > 2 || fraction !== '') return figure(digits, fraction, language);
      if (digits.startsWith('0')) return figure(groups[0] ?? '', groups[1] ?? '', language === 'vi' ? 'en' : 'vi');
      const thousands = canonical(negative, digits, '');
      const decimals = canonical(negative, groups[0] ?? '', groups[1] ?? '');
      return language === 'vi'
        ? { kind: 'doubt', vi: thousands, en: decimals, percent, thousands: 'vi' }
        : { kind: 'doubt', vi: decimals, en: thousands, percent, thousands: 'en' };
    }
  }
  for (const language of ['vi', 'en'] as const) {
    const d = language === 'vi' ? ',' : '\\.';
    const decimal = new RegExp(`^(\\d*)${d}(\\d+)$`).exec(body);
    if (decimal) {
      const [, whole = '', fraction = ''] = decimal;
      return figure(whole || '0', fraction, language);
    }
  }
  return { kind: 'wrong', why: 'text' };
}

/// `text` as somebody reads it who writes `language`: "1.234" is 1234 to a Vietnamese; "1,234" stays in doubt.
export function read(text: string, language: Language): Reading {
  const reading = analyse(text);
  if (reading.kind !== 'doubt' || reading.thousands !== language) return reading;
  return { kind: 'figure', plain: reading[language], percent: reading.percent };
}

/// How many digits stand after the point.
export const places = (plain: string) => plain.split('.')[1]?.length ?? 0;

/// With at least `scale` decimals, as the server writes the figure: "3.5" → "3.50".
export function padded(plain: string, scale: number): string {
  const missing = isPlain(plain) ? scale - places(plain) : 0;
  return missing > 0 ? (places(plain) === 0 ? plain + '.' : plain) + '0'.repeat(missing) : plain;
}
