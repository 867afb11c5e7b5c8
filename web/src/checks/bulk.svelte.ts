// SPDX-License-Identifier: Apache-2.0
// A decision on many reports: slice after slice, each report judged by itself on the server. It goes on while other pages
// are looked at, and can be stopped between two slices; what was done stays done.
import { Refusal, get, post, query } from '../lib/api';
import { say } from '../lib/i18n.svelte';
import type { Wording } from '../lib/types';
import { toast } from '../lib/toasts.svelte';
import type { Filter } from './queue.svelte';
import { t } from './texts';
import type { Decided, ReportKey } from './types';

export type Step = 'verify' | 'lock';
export interface Left extends ReportKey { why: Wording }
export const slice_max = 500;
const keys_max = 20_000;
const told_max = 50;

class Bulk {
  running = $state(false);
  step = $state<Step>('verify');
  wanted = $state(0);
  done = $state(0);
  refused = $state(0);
  left = $state.raw<Left[]>([]);
  problem = $state('');
  finished = $state(false);
  stopping = $state(false);
  /// Goes up with every slice: lists that show these reports read it.
  slices = $state(0);

  get judged() {
    return this.done + this.refused;
  }
  #begin(step: Step, wanted: number) {
    Object.assign(this, { running: true, step, wanted, done: 0, refused: 0, left: [], problem: '', finished: false, stopping: false });
  }
  async #slice(programme: string, reports: readonly ReportKey[]) {
    const answer = await post<Decided>(`/programmes/${programme}/decisions`, { step: this.step, reports });
    this.done += answer.done;
    this.refused += answer.refused;
    if (answer.refused)
      this.left = [...this.left, ...answer.reports.filter((r) => !r.done).map((r) => ({ form: r.form, period: r.period, unit: r.unit, version: r.version, why: r.problem!.message }))].slice(0, told_max);
    this.slices += 1;
  }
  async #all(programme: string, reports: readonly ReportKey[]) {
    for (let at = 0; at < reports.length && !this.stopping; at += slice_max) await this.#slice(programme, reports.slice(at, at + slice_max));
  }
  async #attempt(work: () => Promise<void>) {
    try {
      await work();
    } catch (e) {
      this.problem = e instanceof Refusal ? say(e.wording) : String(e);
    } finally {
      this.running = false;
      this.finished = true;
      // The page of checks says it itself.
      if (!this.problem && !this.stopping && !location.pathname.endsWith('/checks')) toast(t(this.step === 'verify' ? 'bulk.verified' : 'bulk.locked', { n: this.done }));
    }
  }
  /// Those that were chosen one by one.
  async these(programme: string, step: Step, reports: readonly ReportKey[]) {
    this.#begin(step, reports.length);
    await this.#attempt(() => this.#all(programme, reports));
  }
  /// `wanted` reports that the filter gives, never more: what came since is looked at another time.
  async filtered(programme: string, step: Step, filter: Filter, wanted: number) {
    this.#begin(step, wanted);
    await this.#attempt(async () => {
      while (this.judged < this.wanted && !this.stopping) {
        // What was refused still stands at the head of the list.
        const limit = Math.min(keys_max, this.wanted - this.judged);
        const { reports } = await get<{ reports: ReportKey[] }>(`/programmes/${programme}/checks/keys` + query({ ...filter, from: this.refused, limit }));
        if (reports.length === 0) return;
        await this.#all(programme, reports);
      }
    });
  }
  stop() {
    this.stopping = true;
  }
}
export const bulk = new Bulk();
