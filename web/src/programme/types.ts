// SPDX-License-Identifier: Apache-2.0
// A definition as its files say it (programmes/schema/programme.schema.json): scalars as they were written.
import type { Wording } from '../lib/types';

type Scalar = string | number;
export interface Body { level: string; name: Wording; parent?: string; symbol: string }
export interface Party { code: string; name: Wording; document_family: string; bodies: Body[] }
export interface Indicator {
  code: string; group: string; name: Wording; unit: Wording; scale?: Scalar; shown_scale?: Scalar; over_units: string; over_time: string; better: string;
  source?: string; formula?: string; register_measure?: string; cap?: Scalar; usual?: Scalar; of?: string; continues?: string; definition: Wording;
}
export interface Duty { level: string; deadline: string; or_lowest?: boolean }
export interface Cell { indicator: string; required?: boolean; min?: Scalar; max?: Scalar; jump_percent?: Scalar }
export interface Rule { condition: string; cell: string; severity?: string; text: Wording }
export interface Form {
  code: string; number: Scalar; title: Wording; party: string; frequency: string; source: string; duties: Duty[];
  regime: Record<string, Wording>; cells: Cell[]; rules?: Rule[];
}
export interface Deadline { name: string; frequency: string; day?: Scalar; month_offset?: Scalar; days_after_cut_off?: Scalar; working_days?: boolean; date?: string }
export interface Calendar {
  windows: string; opens_after_days?: Scalar; closes_after_days: Scalar; deadlines: Deadline[]; yearly_holidays?: string[]; holidays?: string[]; working_days?: string[];
}
export interface Standing {
  code: string; kind: string; title: Wording; party: string; levels: string[]; frequency: string; years?: Scalar[]; deadline: string; needs_decision?: boolean;
}
export interface Definition {
  programme: { code: string; symbol: string; title: Wording; first_day: string; last_day?: string; continues?: string; issuing_party: string; kept_maps: string[] };
  objectives: { code: string; text: Wording }[]; parties: Party[]; groups: { code: string; name: Wording }[]; indicators: Indicator[];
  forms: Form[]; calendar: Calendar; standings: Standing[];
}
export interface Version { version: number; at: string; actor: string }
export interface Change {
  kind: 'added' | 'removed' | 'changed'; section: string; code: string; name: Wording; fields: { field: string; before: string; after: string }[];
}
export interface Break { indicator: string; why: 'redefined' | 'asked_of_others' | 'begins' | 'continues'; detail: string }
export interface Foreseen { period: string; subject: string; title: Wording; before: number; after: number }
export interface Loaded {
  outcome: 'created' | 'updated' | 'unchanged' | 'refused'; code: string; based_on: number; version: number; title: Wording;
  findings: { code: string; file: string; line: number; key: string; message: Wording }[]; changes: Change[]; breaks: Break[]; obligations: Foreseen[];
}
