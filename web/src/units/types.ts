// SPDX-License-Identifier: Apache-2.0
import type { UnitRef } from '../lib/types';

export type Part = 'none' | 'part' | 'full';
export interface Shares { land: Part; people: Part; default_heir: boolean }
export interface Beside extends Shares { unit: UnitRef }
export interface Link extends Beside { on: string; act: string; others: Beside[] }
export interface UnitState { from: string; to: string; code: string; full_name: string; kind: string; parent: UnitRef | null; act: string }
export interface Page {
  unit: UnitRef & { path: string; kind: string; from: string; to: string; act: string };
  ancestors: UnitRef[]; states: UnitState[]; origins: Link[]; heirs: Link[]; children: UnitRef[];
}
export interface Trace extends Beside { same: boolean; on: string; act: string }
export interface Traced { unit: UnitRef; on: string; to: string; traces: Trace[]; figures_at: { unit: UnitRef; undivided: boolean } | null }
export interface TreeAnswer { on: string; codes: string[]; names: string[]; levels: number[]; parents: number[] }
export interface Imported {
  errors: number; notices: number; added: number; changed: number; unchanged: number; counts: Record<string, number>;
  findings: { severity: 'error' | 'notice'; rule: string; file: string; row: number; facts: Record<string, string> }[];
  rules: { severity: 'error' | 'notice'; rule: string; count: number }[];
  differences: { kind: string; code: string; name: string; before: string; after: string }[];
  maps: { on: string; units_before: number; units_after: number; figures_moved: number }[];
}
