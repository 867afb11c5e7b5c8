// SPDX-License-Identifier: Apache-2.0
// One form for many units: a row is a report with its own draft, its own findings and its own sending.
import { Refusal, get, put, query } from '../lib/api';
import { language, say } from '../lib/i18n.svelte';
import { isPlain } from '../lib/numbers';
import { programme as definition } from '../lib/session.svelte';
import type { Cells, Finding, Form, Indicator, Programme, State, UnitRef } from '../lib/types';
import { differences } from '../offline/conflict';
import { type Place, keep, kept, pathOf, send as sendKept } from '../offline/keeping';
import { rational, rounded } from './formula';
import { History, type Change } from './history';
import { LiveJudge, isUnread, merged, textOf, valueOf, type Found } from './judge';
import { t } from './texts';

interface ServedRow {
  unit: UnitRef; due: string; obligation: State; state: string; version: number; nil: boolean; editable: boolean; cells: Cells;
  draft: { cells: Cells; based_on: number; at: string } | null; history: { period: string; cells: Cells }[];
}
interface Served { under: UnitRef; form: string; period: string; rows: ServedRow[] }

export type Sending = 'none' | 'sending' | 'taken' | 'waiting' | 'refused' | 'conflict' | 'problem';
const save_ms = 800;
const filled = (values: Readonly<Cells>): Cells => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));

export class BatchRow {
  served: ServedRow = $state.raw()!;
  values = $state<Cells>({});
  comments = $state<Cells>({});
  typing = $state<{ code: string; text: string } | null>(null);
  missing = $state(false);
  said = $state.raw<Finding[]>([]);
  sending = $state<Sending>('none');
  note = $state('');
  saved = $state(true);
  #seen = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly place: Place, served: ServedRow, readonly judge: LiveJudge, readonly indicators: ReadonlyMap<string, Indicator>) {
    this.take(served);
  }

  readonly current = $derived.by((): Cells => {
    if (!this.typing) return this.values;
    const indicator = this.indicators.get(this.typing.code);
    return indicator ? { ...this.values, [this.typing.code]: valueOf(this.typing.text, indicator, language.now) } : this.values;
  });
  readonly found = $derived.by((): Found[] => {
    const { typing } = this;
    const values = typing && isUnread(this.current[typing.code] ?? '') ? { ...this.current, [typing.code]: '' } : this.current;
    // A row that nobody has begun is not called incomplete.
    return merged(this.judge.findings(values, this.served.history.map((h) => h.cells), this.missing && this.begun), this.said);
  });
  readonly errors = $derived(this.found.filter((f) => f.severity === 'error').length);
  readonly begun = $derived(Object.values(this.current).some((value) => value !== ''));
  readonly filled = $derived(Object.values(this.current).filter((value) => value !== '').length);
  readonly changed = $derived(differences([...new Set([...Object.keys(this.current), ...Object.keys(this.served.cells)])], filled(this.current), this.served.cells).length > 0);

  take(served: ServedRow, own?: { cells: Cells; comments: Cells; basedOn: number; at: string }) {
    this.served = served;
    const draft = served.editable && served.draft?.based_on === served.version ? served.draft : undefined;
    const device = served.editable && own?.basedOn === served.version && (!draft || own.at > draft.at) ? own : undefined;
    this.values = { ...(device?.cells ?? draft?.cells ?? served.cells) };
    this.comments = { ...device?.comments };
    this.#seen = draft?.at ?? '';
    this.typing = null;
    this.said = [];
    this.saved = true;
  }
  text(code: string): string {
    return this.typing?.code === code ? this.typing.text : textOf(this.values[code] ?? '', language.now);
  }
  foundAt = (code: string) => this.found.filter((f) => f.indicator === code);

  touched(codes: string[]) {
    this.sending = 'none';
    this.note = '';
    this.said = this.said.filter((f) => f.indicator !== '' && !codes.includes(f.indicator));
    this.saved = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.save(), save_ms);
  }
  async save() {
    clearTimeout(this.#timer);
    if (!this.served.editable || this.saved) return;
    const cells = filled(this.current);
    await keep(this.place, { cells, comments: $state.snapshot(this.comments), basedOn: this.served.version, at: new Date().toISOString(), seen: this.#seen }).catch(() => undefined);
    try {
      this.#seen = (await put<{ at: string }>(pathOf(this.place) + '/draft', { cells, based_on: this.served.version, seen: this.#seen })).at;
      this.saved = true;
    } catch (error) {
      if (error instanceof Refusal && error.code === 'conflict') this.note = t('batch.otherdraft');
    }
  }

  /// Whether it can go as it stands: begun, different from what the server has, nothing wrong, nothing missing.
  get ready() {
    return this.served.editable && this.begun && this.changed && this.sending !== 'taken' && this.judge.findings(this.values, this.served.history.map((h) => h.cells), true).every((f) => f.severity !== 'error');
  }
  async send(): Promise<void> {
    this.missing = true;
    if (this.errors > 0 || !this.served.editable) return;
    this.sending = 'sending';
    try {
      await this.save();
      const cells = filled(this.values);
      const comments = Object.fromEntries(Object.entries(this.comments).filter(([code, text]) => text.trim() && cells[code] !== undefined));
      const sent = await sendKept(this.place, { cells, comments, nil: false, based_on: this.served.version });
      this.sending = sent.kind;
      if (sent.kind === 'taken') {
        this.missing = false;
        this.said = sent.outcome.findings;
        this.note = t('batch.taken', { n: sent.outcome.version });
        this.served = { ...this.served, version: sent.outcome.version, state: 'submitted', cells, draft: null };
        this.#seen = '';
      } else if (sent.kind === 'refused') this.said = sent.outcome.findings;
      else if (sent.kind === 'conflict') this.note = t('batch.conflict');
      else if (sent.kind === 'waiting') this.note = t('entry.waits');
      else this.note = say(sent.refusal.wording);
    } catch (error) {
      this.sending = 'problem';
      this.note = error instanceof Refusal ? say(error.wording) : String(error);
    }
  }
}

export class BatchEntry {
  meaning = $state.raw<Programme>();
  under = $state.raw<UnitRef>();
  rows = $state.raw<BatchRow[]>([]);
  error = $state.raw<unknown>();
  progress = $state.raw<{ done: number; all: number } | null>(null);
  result = $state('');
  readonly #history = new History();
  #typing: BatchRow | null = null;

  constructor(readonly programme: string, readonly formCode: string, readonly period: string, readonly unit: string) {}

  readonly form = $derived<Form | undefined>(this.meaning?.forms.find((form) => form.code === this.formCode));
  readonly indicators = $derived(new Map(this.meaning?.indicators.map((indicator) => [indicator.code, indicator])));
  readonly columns = $derived(this.form?.cells.flatMap((cell) => this.indicators.get(cell.indicator) ?? []) ?? []);
  readonly groups = $derived.by(() => {
    const groups: { code: string; name: string; count: number }[] = [];
    for (const column of this.columns) {
      const group = this.meaning?.groups.find((g) => g.code === column.group);
      if (groups.at(-1)?.code === column.group) groups.at(-1)!.count += 1;
      else groups.push({ code: column.group, name: say(group?.name), count: 1 });
    }
    return groups;
  });
  readonly wrong = $derived(this.rows.filter((row) => row.errors > 0).length);
  readonly ready = $derived(this.rows.filter((row) => row.ready));

  async load() {
    try {
      const [meaning, served] = await Promise.all([
        definition(this.programme), get<Served>(`/programmes/${this.programme}/batch/${this.formCode}/${this.period}${query({ under: this.unit })}`),
      ]);
      this.meaning = meaning;
      this.under = served.under;
      const judge = new LiveJudge(this.form!, this.indicators);
      this.rows = await Promise.all(served.rows.map(async (one) => {
        const place = { programme: this.programme, form: this.formCode, period: this.period, unit: one.unit.code };
        const row = new BatchRow(place, one, judge, this.indicators);
        const own = one.editable ? await kept(place).catch(() => undefined) : undefined;
        if (own) row.take(one, own);
        return row;
      }));
      this.error = undefined;
    } catch (error) {
      this.error = error;
    }
  }
  close = () => Promise.all(this.rows.filter((row) => !row.saved).map((row) => row.save()));

  /// Of one column over all rows, exactly; nothing where no row has a figure.
  total(indicator: Indicator): string {
    let sum = 0n;
    let some = false;
    const size = 10n ** BigInt(indicator.scale);
    for (const row of this.rows) {
      const value = row.current[indicator.code] ?? '';
      const read = isPlain(value) ? rational(value) : undefined;
      if (!read) continue;
      some = true;
      sum += (read.n * size) / read.d;
    }
    return some ? rounded({ n: sum, d: size }, indicator.scale) : '';
  }

  type(row: BatchRow, code: string, text: string) {
    this.#typing = row;
    row.typing = { code, text };
    row.touched([code]);
  }
  commit() {
    const row = this.#typing;
    const typing = row?.typing;
    this.#typing = null;
    if (!row || !typing) return;
    row.typing = null;
    const indicator = this.indicators.get(typing.code);
    if (indicator) this.write([{ row, code: typing.code, value: valueOf(typing.text, indicator, language.now) }]);
  }
  cancel() {
    if (this.#typing) this.#typing.typing = null;
    this.#typing = null;
  }
  write(values: { row: BatchRow; code: string; value: string }[]) {
    const changes = values.map(({ row, code, value }): Change => ({ key: `${this.rows.indexOf(row)}|${code}`, before: row.values[code] ?? '', after: value }));
    if (this.#history.keep(changes)) this.#apply(changes);
  }
  undo = () => this.#apply(this.#history.undo());
  redo = () => this.#apply(this.#history.redo());
  #apply(changes: Change[]) {
    for (const { key, after } of changes) {
      const [index = '', code = ''] = key.split('|');
      const row = this.rows[Number(index)];
      if (!row) continue;
      row.values[code] = after;
      row.touched([code]);
    }
  }

  /// All rows that are clean, one after the other; the others stay as they are.
  async sendReady() {
    this.commit();
    const rows = this.ready;
    this.result = '';
    for (const [done, row] of rows.entries()) {
      this.progress = { done, all: rows.length };
      await row.send();
    }
    this.progress = null;
    const taken = rows.filter((row) => row.sending === 'taken').length;
    const waiting = rows.filter((row) => row.sending === 'waiting').length;
    this.result = t('batch.result', { taken, all: rows.length }) + (waiting ? ' ' + t('batch.result.waiting', { n: waiting }) : '');
  }
}
