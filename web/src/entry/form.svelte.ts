// SPDX-License-Identifier: Apache-2.0
// One report while it is filled: its rows, what stands in its cells, what is wrong, the draft, undo, sending.
import { Refusal, get, put } from '../lib/api';
import { clock, date, language, say, shortPeriod } from '../lib/i18n.svelte';
import { programme as definition } from '../lib/session.svelte';
import type { Cells, Finding, Form, FormCell, Indicator, Outcome, Programme, Report } from '../lib/types';
import { differences } from '../offline/conflict';
import { type Kept, type Place, StorageFull, forget, giveUp, keep, kept, outbox, pathOf, send as sendKept } from '../offline/keeping';
import { downloadDraft } from '../offline/download';
import { type Contest, opening } from '../offline/opening';
import { samePlace } from '../offline/sending';
import { Formula, rational, rounded } from './formula';
import { History, type Change } from './history';
import { LiveJudge, isUnread, merged, percentUnit, textOf, valueOf, type Found } from './judge';
import { t } from './texts';

export interface Row {
  index: number;
  code: string;
  indicator: Indicator;
  kind: 'open' | 'computed';
  cell?: FormCell;
  formula?: Formula;
}
export interface Section { code: string; name: string; rows: Row[] }
/// A past period beside: `older` ones are the first to go where it is narrow.
export interface Past { key: string; title: string; cells: Cells; before: Cells; place: 'year' | 'last' | 'older' }
export type CellState = 'empty' | 'saved' | 'waiting' | 'wrong' | 'warning' | 'explained' | 'commented' | 'locked' | 'computed';
export interface Message { kind: 'good' | 'bad' | 'calm'; text: string }

const keep_ms = 250;
const put_ms = 800;

/// The rows of a form in the form's order; what the desk can compute from its cells stands behind its last operand.
export function rowsOf(form: Form, indicators: ReadonlyMap<string, Indicator>): Omit<Row, 'index'>[] {
  const rows: Omit<Row, 'index'>[] = form.cells.flatMap((cell) => {
    const indicator = indicators.get(cell.indicator);
    return indicator ? [{ code: cell.indicator, indicator, kind: 'open' as const, cell }] : [];
  });
  const codes = new Set(rows.map((row) => row.code));
  for (const indicator of indicators.values()) {
    if (!indicator.formula || codes.has(indicator.code)) continue;
    const formula = new Formula(indicator.formula);
    const operands = formula.names.map((name) => /^prev\((.*)\)$/.exec(name)?.[1] ?? name);
    if (operands.length === 0 || !operands.every((code) => codes.has(code))) continue;
    const at = rows.findLastIndex((row) => operands.includes(row.code) || (row.kind === 'computed' && row.indicator.group === indicator.group && operands.includes(row.code)));
    const inGroup = rows[at]!.indicator.group === indicator.group ? at : rows.findLastIndex((row) => row.indicator.group === indicator.group);
    rows.splice((inGroup < 0 ? rows.length - 1 : inGroup) + 1, 0, { code: indicator.code, indicator, kind: 'computed', formula });
  }
  return rows;
}

export function computed(row: Pick<Row, 'formula' | 'indicator'>, values: Readonly<Cells>, before: Readonly<Cells>): string {
  const value = row.formula?.evaluate((name) => {
    const past = /^prev\((.*)\)$/.exec(name)?.[1];
    return rational((past ? before[past] : values[name]) ?? '');
  });
  return value ? rounded(value, row.indicator.shown_scale) : '';
}

export class FormEntry {
  meaning = $state.raw<Programme>();
  report = $state.raw<Report>();
  error = $state.raw<unknown>();
  /// By code: a figure, "" or what was typed and is none ("?1,234").
  values = $state<Cells>({});
  comments = $state<Cells>({});
  typing = $state<{ code: string; text: string } | null>(null);
  served = $state.raw<Finding[]>([]);
  /// Empty cells are said once the officer has wanted to send.
  missing = $state(false);
  message = $state.raw<Message | null>(null);
  sending = $state(false);
  /// Two drafts, or a draft and a newer version, that stand against each other: each cell is chosen.
  contest = $state.raw<Contest | null>(null);
  #newer: Report | undefined;
  /// The moment of the server's draft that this one was made from.
  #seen = '';
  /// What was last said to the server as the draft, whether or not its answer came.
  #tried: Cells | undefined;
  /// The version that what was sent from here became.
  #own = 0;
  unsaved = $state<Record<string, boolean>>({});
  saved = $state.raw<{ kind: 'none' | 'saving' | 'saved' | 'device' | 'nowhere'; at: string; text?: string }>({ kind: 'none', at: '' });
  /// The browser has no room: what is typed is on the page only until the server has it.
  full = $state(false);
  readonly path: string;
  readonly #history = new History();
  #keepTimer: ReturnType<typeof setTimeout> | undefined;
  #putTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly place: Place) {
    this.path = pathOf(place);
  }

  readonly form = $derived(this.meaning?.forms.find((form) => form.code === this.place.form));
  readonly indicators = $derived(new Map(this.meaning?.indicators.map((indicator) => [indicator.code, indicator])));
  readonly sections = $derived.by((): Section[] => {
    if (!this.meaning || !this.form) return [];
    const rows = rowsOf(this.form, this.indicators);
    let index = 0;
    return this.meaning.groups
      .map((group) => ({
        code: group.code,
        name: say(group.name),
        rows: rows.filter((row) => row.indicator.group === group.code).map((row): Row => ({ ...row, index: index++ })),
      }))
      .filter((section) => section.rows.length > 0);
  });
  readonly rows = $derived(this.sections.flatMap((section) => section.rows));
  readonly byCode = $derived(new Map(this.rows.map((row) => [row.code, row])));
  readonly editable = $derived(this.report?.editable ?? false);

  /// Same period last year, then the periods before this one, the last of them nearest.
  readonly past = $derived.by((): Past[] => {
    const report = this.report;
    if (!report) return [];
    const year = report.last_year?.period ?? '';
    const before = (i: number) => report.history[i + 1]?.cells ?? {};
    const columns = report.history.map((h, i): Past => ({ key: h.period, title: shortPeriod(h.period), cells: h.cells, before: before(i), place: i === 0 ? 'last' : 'older' }));
    const last = columns.filter((column) => column.key !== year).toReversed();
    return report.last_year ? [{ key: 'year', title: shortPeriod(year), cells: report.last_year.cells, before: {}, place: 'year' }, ...last] : last;
  });

  /// What stands in the cells with what is being typed.
  readonly current = $derived.by((): Cells => {
    if (!this.typing) return this.values;
    const indicator = this.indicators.get(this.typing.code);
    return indicator ? { ...this.values, [this.typing.code]: valueOf(this.typing.text, indicator, language.now) } : this.values;
  });
  readonly #judge = $derived(this.form && new LiveJudge(this.form, this.indicators));
  readonly #past = $derived(this.report?.history.map((h) => h.cells) ?? []);
  /// What the office above said of single cells when it gave the report back.
  readonly #returned = $derived(
    this.report?.state === 'returned'
      ? Object.entries(this.report.returned_comments).map(([indicator, text]): Finding => ({
          code: 'returned', severity: 'warning', indicator, where: '', message: { vi: `${indicator}, ý kiến cấp trên: ${text}`, en: `${indicator}, the office above: ${text}` },
        }))
      : [],
  );
  readonly found = $derived.by((): Found[] => {
    if (!this.editable && !this.report?.version) return [];
    // What is half typed is not called wrong before the cell is left.
    const { typing } = this;
    const values = typing && isUnread(this.current[typing.code] ?? '') ? { ...this.current, [typing.code]: '' } : this.current;
    return merged(this.#judge?.findings(values, this.#past, this.missing) ?? [], [...this.served, ...this.#returned]);
  });
  readonly foundAt = $derived.by(() => {
    const at = new Map<string, Found[]>();
    for (const one of this.found) at.set(one.indicator, [...(at.get(one.indicator) ?? []), one]);
    return at;
  });
  readonly errors = $derived(this.found.filter((f) => f.severity === 'error').length);
  readonly warnings = $derived(this.found.filter((f) => f.severity === 'warning' && !this.comments[f.indicator]?.trim()).length);
  readonly empty = $derived(this.form?.cells.filter((cell) => cell.required && !this.current[cell.indicator]).length ?? 0);

  value(row: Row): string {
    if (row.kind === 'computed') return computed(row, this.current, this.#past[0] ?? {});
    return this.current[row.code] ?? '';
  }
  pastValue(row: Row, column: Past): string {
    return row.kind === 'computed' ? computed(row, column.cells, column.before) : (column.cells[row.code] ?? '');
  }
  text(row: Row): string {
    return this.typing?.code === row.code ? this.typing.text : textOf(this.values[row.code] ?? '', language.now);
  }

  state(row: Row): CellState {
    if (row.kind === 'computed') return 'computed';
    const found = this.foundAt.get(row.code) ?? [];
    const comment = !!this.comments[row.code]?.trim();
    if (found.some((f) => f.severity === 'error')) return 'wrong';
    if (found.some((f) => f.severity === 'warning')) return comment ? 'explained' : 'warning';
    if (!this.editable) return 'locked';
    if (this.unsaved[row.code]) return 'waiting';
    if (comment) return 'commented';
    return this.current[row.code] ? 'saved' : 'empty';
  }

  // --- reading

  async load() {
    try {
      const [meaning, report, own] = await Promise.all([definition(this.place.programme), get<Report>(this.path), kept(this.place).catch(() => undefined)]);
      this.meaning = meaning;
      this.take(report, report.editable ? own : undefined);
      this.error = undefined;
    } catch (error) {
      this.error = error;
    }
  }

  /// What the form opens with: nothing that anybody typed is passed over (offline/opening).
  take(fresh: Report, own?: Kept) {
    this.report = fresh;
    this.contest = null;
    if (!fresh.editable) {
      this.#fill(fresh.cells, fresh.comments);
      return;
    }
    const opened = opening(fresh, own);
    this.#seen = own?.seen ?? fresh.draft?.at ?? '';
    this.#fill(opened.cells, opened.comments);
    if (opened.contest) this.contest = opened.contest;
    else this.#seen = fresh.draft?.at ?? '';
  }
  #fill(cells: Cells, comments: Cells) {
    this.values = { ...cells };
    this.comments = { ...this.comments, ...comments };
    this.unsaved = {};
    this.typing = null;
  }

  /// Something changed in the programme: whether this report did.
  async lookAgain() {
    // What waits to be sent may be there already; its answer will say.
    if (!this.report || this.sending || outbox.items.some((one) => samePlace(one.place, this.place))) return;
    const fresh = await get<Report>(this.path).catch(() => undefined);
    if (!fresh || !this.report || this.sending) return;
    if (fresh.version === this.report.version && fresh.state === this.report.state && fresh.editable === this.report.editable) return;
    const mine = this.editable && fresh.editable && fresh.version !== this.report.version && differs(this.current, this.report.cells);
    if (!mine || !differs(this.current, fresh.cells)) this.take(fresh);
    else if (fresh.version === this.#own) this.report = fresh; // typed since it was sent: that goes on
    else this.#contend(fresh);
  }
  /// What waited was taken while the form is open.
  async taken(place: Place, version: number) {
    if (!samePlace(place, this.place) || version <= (this.report?.version ?? 0)) return;
    this.#own = version;
    if (this.message?.kind === 'calm') this.message = null;
    await this.lookAgain();
  }
  #contend(fresh: Report) {
    const newest = fresh.versions[0];
    this.#newer = fresh;
    this.contest = {
      with: 'version',
      mine: { cells: filled(this.current), at: new Date().toISOString(), who: '' },
      theirs: { cells: fresh.cells, comments: fresh.comments, at: newest?.at ?? '', who: newest?.actor ?? '' },
    };
  }
  /// After a contest: the chosen cells go on, based on what the other side is; with none, the other side is taken.
  async goOn(cells: Cells | null) {
    const { contest } = this;
    if (!contest) return;
    if (this.#newer) this.report = this.#newer;
    this.#newer = undefined;
    this.#seen = this.report?.draft?.at ?? '';
    this.contest = null;
    this.message = null;
    if (cells) {
      this.values = { ...cells };
      this.#changed(Object.keys({ ...cells, ...contest.theirs.cells }));
      return;
    }
    this.#fill(contest.theirs.cells, contest.theirs.comments ?? {});
    await giveUp(this.place);
    if (contest.with === 'version') this.saved = { kind: 'none', at: '' };
  }

  // --- changing

  type(code: string, text: string) {
    this.typing = { code, text };
    this.#changed([code]);
  }
  commit() {
    const { typing } = this;
    if (!typing) return;
    const indicator = this.indicators.get(typing.code);
    this.typing = null;
    if (indicator) this.write([{ code: typing.code, value: valueOf(typing.text, indicator, language.now) }]);
  }
  cancel() {
    const code = this.typing?.code;
    this.typing = null;
    if (code) this.#changed([code]);
  }
  /// One step that can be undone.
  write(values: { code: string; value: string }[]) {
    const changes = values.map(({ code, value }): Change => ({ key: code, before: this.values[code] ?? '', after: value }));
    if (this.#history.keep(changes)) this.#apply(changes);
  }
  undo = () => this.#apply(this.#history.undo());
  redo = () => this.#apply(this.#history.redo());
  #apply(changes: Change[]) {
    for (const { key, after } of changes) this.values[key] = after;
    if (changes.length) this.#changed(changes.map((c) => c.key));
  }
  comment(code: string, text: string) {
    this.comments[code] = text;
    this.#changed([]);
  }

  #changed(codes: string[]) {
    this.message = null;
    this.served = this.served.filter((f) => f.indicator !== '' && !codes.includes(f.indicator));
    for (const code of codes) this.unsaved[code] = true;
    this.saved = { kind: 'saving', at: this.saved.at };
    clearTimeout(this.#keepTimer);
    clearTimeout(this.#putTimer);
    this.#keepTimer = setTimeout(() => void this.keepHere(), keep_ms);
    this.#putTimer = setTimeout(() => void this.save(), put_ms);
  }

  /// Onto this device, at once.
  async keepHere() {
    clearTimeout(this.#keepTimer);
    if (!this.report?.editable) return;
    try {
      await keep(this.place, { cells: filled(this.current), comments: $state.snapshot(this.comments), basedOn: this.report.version, at: new Date().toISOString(), seen: this.#seen, ...(this.#tried ? { tried: this.#tried } : {}) }, Object.keys(this.unsaved));
    } catch (error) {
      this.full = error instanceof StorageFull;
      if (error instanceof StorageFull) this.saved = { kind: 'nowhere', at: '', text: say(error.wording) };
    }
  }
  /// What stands here as a file that can be uploaded from any other device.
  download = () => downloadDraft(this.place, filled(this.current), $state.snapshot(this.comments));
  /// Onto the server, for the other devices of this account.
  async save() {
    clearTimeout(this.#putTimer);
    if (!this.report?.editable || this.contest) return;
    const sent = filled(this.current);
    const before = this.#tried;
    try {
      this.#tried = sent;
      const { at } = await put<{ at: string }>(this.path + '/draft', { cells: sent, based_on: this.report.version, seen: this.#seen });
      this.#seen = at;
      for (const code of Object.keys(this.unsaved)) if ((this.current[code] ?? '') === (sent[code] ?? '')) delete this.unsaved[code];
      this.#tried = undefined;
      if (Object.keys(this.unsaved).length > 0) return;
      this.full = false;
      this.saved = { kind: 'saved', at: clock(at) };
      await forget(this.place);
    } catch (error) {
      if (error instanceof Refusal && error.code === 'conflict') await this.#otherDraft(before);
      else if (this.saved.kind !== 'nowhere') this.saved = { kind: 'device', at: '' };
    }
  }
  /// The same officer has saved from another device meanwhile.
  async #otherDraft(before: Cells | undefined) {
    const fresh = await get<Report>(this.path).catch(() => undefined);
    if (!fresh || !this.report) return;
    if (fresh.version !== this.report.version) {
      if (differs(this.current, fresh.cells)) this.#contend(fresh);
      else this.take(fresh);
    } else if (fresh.draft && differs(this.current, fresh.draft.cells) && (!before || differs(before, fresh.draft.cells))) {
      this.#newer = fresh;
      this.contest = { with: 'draft', mine: { cells: filled(this.current), at: new Date().toISOString(), who: '' }, theirs: { cells: fresh.draft.cells, at: fresh.draft.at, who: '' } };
    } else {
      // It was one of this page whose answer was lost.
      this.#seen = fresh.draft?.at ?? '';
      this.#putTimer = setTimeout(() => void this.save(), put_ms);
    }
  }
  /// Leaves nothing behind when the page goes.
  async close() {
    clearTimeout(this.#putTimer);
    if (Object.keys(this.unsaved).length === 0 && this.saved.kind !== 'saving') return;
    await this.keepHere();
    await this.save();
  }

  // --- sending

  /// Sends what stands here; gives the code of the first cell that keeps it from being sent.
  async send(nil: boolean): Promise<string | undefined> {
    if (!this.report || this.sending) return undefined;
    this.commit();
    this.missing = !nil;
    this.message = null;
    this.sending = true;
    try {
      // "The draft is saved" is said when it is.
      await this.keepHere();
      if (!nil && this.errors > 0) {
        await this.save();
        return this.#notSent();
      }
      clearTimeout(this.#putTimer);
      const cells = filled(this.values);
      const comments = Object.fromEntries(Object.entries(this.comments).filter(([code, text]) => text.trim() && cells[code] !== undefined));
      const sent = await sendKept(this.place, { cells: nil ? {} : cells, comments: nil ? {} : comments, nil, based_on: this.report.version });
      switch (sent.kind) {
        case 'taken': await this.#taken(sent.outcome); return undefined;
        case 'refused':
          this.served = sent.outcome.findings;
          return this.#notSent();
        case 'conflict':
          this.#contend(sent.report);
          return undefined;
        case 'waiting':
          this.message = { kind: 'calm', text: sent.why === 'session' ? t('entry.waits.session') : t('entry.waits') };
          this.saved = { kind: 'device', at: '' };
          return undefined;
        case 'problem':
          this.message = { kind: 'bad', text: say(sent.refusal.wording) };
          return undefined;
      }
    } catch (error) {
      this.message = { kind: 'bad', text: error instanceof Refusal || error instanceof StorageFull ? say(error.wording) : String(error) };
      return undefined;
    } finally {
      this.sending = false;
    }
  }
  #notSent(): string | undefined {
    const first = this.found.filter((f) => f.severity === 'error');
    const codes = [...new Set(first.map((f) => f.indicator).filter(Boolean))];
    this.message = { kind: 'bad', text: codes.length ? t('entry.refused', { n: first.length, cells: codes.slice(0, 5).join(', ') + (codes.length > 5 ? '…' : '') }) : t('entry.refused.whole') };
    return this.rows.find((row) => codes.includes(row.code))?.code;
  }
  async #taken(outcome: Outcome) {
    this.missing = false;
    const accepted = t('entry.accepted', { version: outcome.version, on: date(outcome.received_on) });
    const text = outcome.verdict === 'unchanged' ? t('entry.unchanged') : accepted + (outcome.late ? ' ' + t('entry.late') : '');
    const fresh = await get<Report>(this.path).catch(() => undefined);
    if (fresh) this.take(fresh);
    this.served = outcome.findings;
    this.message = { kind: 'good', text };
    this.saved = { kind: 'none', at: '' };
  }

  percent = (row: Row) => percentUnit(row.indicator);
}

const filled = (values: Readonly<Cells>): Cells => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
const differs = (a: Readonly<Cells>, b: Readonly<Cells>) => differences([...new Set([...Object.keys(a), ...Object.keys(b)])], a, b).length > 0;
