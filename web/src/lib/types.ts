// SPDX-License-Identifier: Apache-2.0
// What the API answers (docs/api.yaml).
export interface Wording { vi: string; en: string }
export interface UnitRef { code: string; name: string; level: string; path?: string }
export interface ProgrammeRef { code: string; title: Wording; symbol: string; simulated: boolean; from: string; to: string }
export interface Session {
  user: { name: string; office: string; must_change: boolean };
  csrf: string;
  home: UnitRef;
  may: Record<string, boolean>;
  /// Seconds without a request after which the session ends.
  idle_s: number;
  today: string;
  programmes: ProgrammeRef[];
}
export interface Indicator {
  code: string; group: string; name: Wording; unit: Wording; scale: number; shown_scale: number;
  over_units: string; over_time: string; better: string; source: string; formula: string; definition: Wording;
}
export interface FormCell { indicator: string; required: boolean; min: string | null; max: string | null; jump_percent: number }
export interface CellRule { condition: string; severity: 'error' | 'warning'; text: Wording; cell: string }
export interface Form {
  code: string; title: Wording; party: string; frequency: string; source: string; cells: FormCell[]; rules: CellRule[];
}
export interface Programme {
  code: string; version: number; title: Wording; symbol: string; simulated: boolean;
  groups: { code: string; name: Wording }[]; indicators: Indicator[]; forms: Form[];
  standings: { code: string; kind: string; title: Wording }[]; kept_maps: string[];
}
export interface Period { period: string; frequency: string; from: string; to: string; opens: string; closes: string; opened: boolean }
export type State = 'not_due' | 'due' | 'late' | 'claimed' | 'evidenced' | 'returned' | 'excused' | 'done_late' | 'passed_on';
export interface Obligation {
  id: number; kind: string; subject: string; title: Wording; period: string; unit: UnitRef; opens: string; due: string;
  progress: string; timing: string; state: State; days: number; form: string | null; version: number;
  /// Of what was returned: when, by whom, why.
  returned?: { on: string; by: string; why: string } | null;
}
export interface ObligationEvent {
  kind: string; on: string; at: string; actor: string; note: string; decision_number: string; decision_date: string; file: number | null; version: number;
}
export interface Work { as_of: number; on: string; counts: Record<string, number>; items: Obligation[] }
export interface BoardCell { id: number; state: State; days: number | null; count: number }
export interface BehindItem {
  id: number; kind: string; subject: string; title: Wording; period: string; unit: UnitRef; due: string; state: State; days: number;
  passed_on: boolean; counted: boolean; readable: boolean; predecessors: UnitRef[];
}
export interface Behind { as_of: number; on: string; unit: UnitRef; count: number; items: BehindItem[] }
export interface BoardRow {
  unit: UnitRef; cells: (BoardCell | null)[]; late: number; done: number; owed: number; below: { late: number; owed: number } | null;
}
export interface Board {
  as_of: number; on: string; simulated: boolean; row_count: number; totals: Record<string, number>; owed: number; overdue: number;
  columns: { key: string; kind: string; subject: string; period: string; title: Wording }[]; rows: BoardRow[];
}
export interface Finding { code: string; severity: 'error' | 'warning'; indicator: string; where: string; message: Wording }
export interface Outcome { verdict: string; version: number; received_on: string; late: boolean; findings: Finding[] }
export interface Check {
  unit: UnitRef; form: string; title: Wording; period: string; version: number; state: string; nil: boolean; due: string;
  received_on: string; late: boolean; findings: Finding[]; comments: Record<string, string>;
}
export interface Checks { count: number; doubtful: number; items: Check[] }
export type Cells = Record<string, string>;
export interface ReportEvent { state: string; at: string; actor: string; note: string }
export interface ReportVersion {
  version: number; state: string; at: string; received_on: string; late: boolean; actor: string; reason: string; nil: boolean; cells: Cells;
  comments: Record<string, string>; returned_comments: Record<string, string>; events: ReportEvent[];
}
export interface Report {
  unit: UnitRef; parent: UnitRef | null; form: string; period: string; due: string; opens: string; closes: string; state: string; version: number; nil: boolean;
  editable: boolean; why_not: Wording | null; may_verify: boolean; cells: Cells; comments: Cells; returned_comments: Record<string, string>;
  draft: { cells: Cells; based_on: number; at: string } | null;
  history: { period: string; cells: Cells }[]; last_year: { period: string; cells: Cells } | null; versions: ReportVersion[]; note: string;
}
export interface Figure { indicator: string; period: string; unit: UnitRef; value: string; reported: number; expected: number; note: string }
export interface Figures { as_of: number; on: string; simulated: boolean; figures: Figure[] }
export interface Explanation {
  figure: Figure; formula: string; parts: Figure[];
  reports: { unit: UnitRef; form: string; indicator: string; period: string; version: number; value: string; state: string; undivided: boolean }[];
  missing: { unit: UnitRef; period: string }[];
}
export interface UnitMatch extends UnitRef { from: string; to: string; became: UnitRef[] }
export interface UnitLink { unit: UnitRef; on: string; land: string; people: string; default_heir: boolean; act: string }
export interface UnitPage {
  unit: UnitRef & { kind: string; from: string; to: string; act: string }; ancestors: UnitRef[];
  states: { from: string; to: string; code: string; full_name: string; kind: string; parent: UnitRef | null; act: string }[];
  origins: UnitLink[]; heirs: UnitLink[]; children: UnitRef[];
}
export interface DocumentRef {
  id: number; kind: string; title: string; unit: UnitRef; period: string; number: string; symbol: string; date: string;
  state: string; version: number; simulated: boolean;
}
export interface PrintedValue { value: string; reported: number; expected: number }
export interface DocumentText extends DocumentRef {
  signer: string; next_number: string; may_issue: boolean; paragraphs: { key: string; text: string; edited: boolean }[];
  change_count: number; changes: { indicator: string; unit: UnitRef; period: string; then: PrintedValue; now: PrintedValue | null }[];
  figures: (PrintedValue & { indicator: string; unit: UnitRef; period: string })[];
}
