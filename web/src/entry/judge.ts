// SPDX-License-Identifier: Apache-2.0
// What is wrong or doubtful about a form's figures, said at once and in a sentence that says what to do. The rules are
// those of src/reporting/judge.cpp; the server judges again when the report is sent, and its word counts.
import { compare, minus, percentChange } from '../lib/decimal';
import { analyse, isPlain, padded, places, read, written, type Language } from '../lib/numbers';
import type { Cells, Finding, Form, FormCell, Indicator, Wording } from '../lib/types';
import { Formula, rational, rounded } from './formula';

/// A cell holds a figure ("1234.5"), nothing (""), or what was typed and is no figure yet, behind a mark: "?1,234".
export const unread = (text: string) => '?' + text;
export const isUnread = (value: string) => value.startsWith('?');
export const percentUnit = (indicator: Indicator) => indicator.unit.vi.trim() === '%';

/// What typing `text` into a cell gives it.
export function valueOf(text: string, indicator: Indicator, language: Language): string {
  const reading = read(text, language);
  return reading.kind === 'figure' && (!reading.percent || percentUnit(indicator)) ? padded(reading.plain, indicator.scale) : unread(text.normalize('NFC').trim());
}
/// How a cell's value stands in its field.
export const textOf = (value: string, language: Language) => (isUnread(value) ? value.slice(1) : written(value, language).replace('−', '-'));

/// A finding of the page: the server's, and what can be chosen where a text has two readings.
export interface Found extends Finding { choices?: string[] }

const both = (make: (language: Language, show: (plain: string) => string) => string): Wording => ({
  vi: make('vi', (plain) => written(plain, 'vi')),
  en: make('en', (plain) => written(plain, 'en')),
});
const said = (code: string, severity: Finding['severity'], indicator: string, message: Wording): Found => ({ code, severity, indicator, where: '', message });

function unreadFinding(code: string, text: string): Found {
  const reading = analyse(text);
  const wrong = (vi: string, en: string) => said('malformed', 'error', code, { vi: `${code} ${vi}`, en: `${code} ${en}` });
  if (reading.kind === 'doubt') {
    const [thousands, decimals] = reading.thousands === 'vi' ? [reading.vi, reading.en] : [reading.en, reading.vi];
    const spoken = (comma: string) => decimals.replace('.', ` ${comma} `);
    return {
      ...said('doubt', 'error', code, {
        vi: `${code}: “${text}” đọc được hai cách: ${thousands} hoặc ${spoken('phẩy')}. Chọn một cách.`,
        en: `${code}: “${text}” can be read as ${thousands} or as ${spoken('point')}. Choose one.`,
      }),
      choices: [thousands, decimals],
    };
  }
  if (reading.kind === 'dash')
    return {
      ...said('doubt', 'error', code, { vi: `${code}: “${text}” là 0 hay để trống? Chọn một cách.`, en: `${code}: is “${text}” 0, or empty? Choose one.` }),
      choices: ['0', ''],
    };
  if (reading.kind === 'figure') return wrong(`không ghi theo phần trăm. Đã nhập “${text}”. Ghi bằng số.`, `is not a percentage. You entered “${text}”. Write the figure.`);
  switch (reading.why) {
    case 'date': return wrong(`phải là số. “${text}” là ngày tháng.`, `must be a number. “${text}” is a date.`);
    case 'rounded': return wrong(`phải là số đủ chữ số. “${text}” là số bị rút gọn; mở rộng cột trong Excel rồi chép lại.`, `must have all its digits. “${text}” was shortened; widen the column in Excel and copy again.`);
    case 'error': return wrong(`phải là số. “${text}” là lỗi công thức của Excel.`, `must be a number. “${text}” is an error of a formula in Excel.`);
    case 'text': return wrong(`phải là số, ví dụ 1234 hoặc 1.234,5. Đã nhập “${text}”.`, `must be a number, such as 1234 or 1,234.5. You entered “${text}”.`);
  }
}

function ownFinding(cell: FormCell, indicator: Indicator, value: string): Found | undefined {
  const code = indicator.code;
  if (isUnread(value)) return unreadFinding(code, value.slice(1));
  if (value === '') return undefined;
  if (places(value) > indicator.scale)
    return said('not_whole', 'error', code, both((language, show) =>
      indicator.scale === 0
        ? language === 'vi' ? `${code} phải là số nguyên. Đã nhập ${show(value)}.` : `${code} must be a whole number. You entered ${show(value)}.`
        : language === 'vi' ? `${code} ghi nhiều nhất ${indicator.scale} chữ số thập phân. Đã nhập ${show(value)}.` : `${code} has at most ${indicator.scale} decimals. You entered ${show(value)}.`));
  const below = cell.min !== null && compare(value, cell.min) < 0;
  const above = cell.max !== null && compare(value, cell.max) > 0;
  if (!below && !above) return undefined;
  const limit = below ? cell.min! : cell.max!;
  return said('out_of_range', 'error', code, both((language, show) => {
    const word = language === 'vi' ? (below ? 'không được nhỏ hơn' : 'không được lớn hơn') : below ? 'must not be below' : 'must not be above';
    return language === 'vi' ? `${code} ${word} ${show(limit)}. Đã nhập ${show(value)}.` : `${code} ${word} ${show(limit)}. You entered ${show(value)}.`;
  }));
}

/// Far from the mean of the last periods: the same reckoning as Judge::jumps, exact.
function jumpFinding(cell: FormCell, indicator: Indicator, value: string, history: readonly Cells[]): Found | undefined {
  if (!cell.jump_percent || !isPlain(value)) return undefined;
  const past = history.map((cells) => cells[cell.indicator] ?? '').filter(isPlain);
  if (past.length < 2) return undefined;
  const units = (plain: string) => {
    const r = rational(plain)!;
    return (r.n * 10n ** BigInt(indicator.scale)) / r.d;
  };
  const sum = past.reduce((total, plain) => total + units(plain), 0n);
  const count = BigInt(past.length);
  if (sum < 10n * 10n ** BigInt(indicator.scale) * count) return undefined;
  const difference = units(value) * count - sum;
  const size = difference < 0n ? -difference : difference;
  if (size * 100n <= sum * BigInt(cell.jump_percent)) return undefined;
  const mean = rounded({ n: sum, d: count * 10n ** BigInt(indicator.scale) }, indicator.scale);
  const percent = rounded({ n: size * 100n, d: sum }, 0);
  const up = difference > 0n;
  return said('jump', 'warning', cell.indicator, both((language, show) =>
    language === 'vi'
      ? `${cell.indicator} ${up ? 'cao hơn' : 'thấp hơn'} bình quân các kỳ trước ${show(percent)} % (${show(value)} so với ${show(mean)}). Nếu đúng, ghi giải trình; nếu nhầm, sửa số.`
      : `${cell.indicator} is ${show(percent)} % ${up ? 'above' : 'below'} the mean of the last periods (${show(value)} against ${show(mean)}). If right, explain; if not, correct it.`));
}

/// A form made ready to be judged over and over while figures are typed.
export class LiveJudge {
  readonly #cells: { cell: FormCell; indicator: Indicator }[];
  readonly #rules: { rule: Form['rules'][number]; formula: Formula }[];

  constructor(form: Form, indicators: ReadonlyMap<string, Indicator>) {
    this.#cells = form.cells.flatMap((cell) => {
      const indicator = indicators.get(cell.indicator);
      return indicator ? [{ cell, indicator }] : [];
    });
    this.#rules = form.rules.map((rule) => ({ rule, formula: new Formula(rule.condition) }));
  }

  /// `missing`: whether empty cells are said too; only once the officer wants to send.
  findings(values: Readonly<Cells>, history: readonly Cells[], missing: boolean): Found[] {
    const found: Found[] = [];
    const wrong = new Set<string>();
    for (const { cell, indicator } of this.#cells) {
      const value = values[cell.indicator] ?? '';
      const own = ownFinding(cell, indicator, value);
      if (own) {
        found.push(own);
        wrong.add(cell.indicator);
      } else if (value === '' && cell.required && missing)
        found.push(said('required', 'error', cell.indicator, { vi: `Nhập ${cell.indicator} ${indicator.name.vi}. Không có thì nhập 0.`, en: `Enter ${cell.indicator} ${indicator.name.en}. If there were none, enter 0.` }));
      else {
        const jump = jumpFinding(cell, indicator, value, history);
        if (jump) found.push(jump);
      }
    }
    for (const { rule, formula } of this.#rules) {
      const known = (name: string): string | undefined => {
        const before = /^prev\((.*)\)$/.exec(name)?.[1];
        const plain = before ? history[0]?.[before] : wrong.has(name) ? undefined : values[name];
        return plain && isPlain(plain) ? plain : undefined;
      };
      const holds = formula.evaluate((name) => rational(known(name) ?? ''));
      if (!holds || holds.n !== 0n) continue;
      found.push(said('rule', rule.severity, rule.cell, both((language, show) => {
        const figures = formula.names.filter((name) => known(name) !== undefined).map((name) => {
          const before = /^prev\((.*)\)$/.exec(name)?.[1];
          return (before ? (language === 'vi' ? `${before} kỳ trước` : `${before} last period`) : name) + (language === 'vi' ? ' là ' : ' is ') + show(known(name)!);
        }).join(', ');
        const own = [...new Set(formula.names.filter((name) => !name.includes('(')))];
        const text = (language === 'vi' ? rule.text.vi : rule.text.en || rule.text.vi).trim();
        if (rule.severity === 'warning')
          return language === 'vi' ? `${text} (${figures}.) Nếu đúng, ghi giải trình; nếu nhầm, sửa số.` : `${text} (${figures}.) If right, explain; if not, correct it.`;
        return language === 'vi' ? `${text} (${figures}.) Sửa ${own.join(' hoặc ')}.` : `${text} (${figures}.) Correct ${own.join(' or ')}.`;
      })));
    }
    return found;
  }
}

/// The server's findings with ours: what we say too is said once, in our words.
export function merged(own: Found[], served: readonly Finding[]): Found[] {
  const known = new Set(own.map((f) => `${f.code} ${f.indicator}`));
  const all = [...own, ...served.filter((f) => !known.has(`${f.code} ${f.indicator}`))];
  return all.sort((a, b) => (a.severity === b.severity ? 0 : a.severity === 'error' ? -1 : 1));
}

/// How a figure moved against last year: percent, or points where it is itself a percentage; nothing where the base is
/// too small to say it of.
export function change(now: string, then: string, percent: boolean): { kind: 'same' } | { kind: 'points' | 'percent'; plain: string } | undefined {
  if (!isPlain(now) || !isPlain(then)) return undefined;
  if (compare(now, then) === 0) return { kind: 'same' };
  if (percent) return { kind: 'points', plain: minus(now, then) };
  if (compare(then.replace('-', ''), '10') < 0) return undefined;
  const plain = percentChange(now, then);
  return plain === null ? undefined : { kind: 'percent', plain };
}
