// SPDX-License-Identifier: Apache-2.0
// What the queue's routes answer (docs/api.yaml).
import type { Check, UnitRef } from '../lib/types';

export interface QueuePage { as_of: number; items: Check[]; count: number; doubtful: number; total: number }
/// A report and the version of it that is meant; what a decision on many names.
export interface ReportKey { form: string; period: string; unit: string; version: number }
export interface Decided { done: number; refused: number; reports: (ReportKey & { done: boolean; problem: { code: string; message: { vi: string; en: string } } | null })[] }
export interface Spread { units: number; lower_quartile: string; median: string; upper_quartile: string }
export interface Spreads { as_of: number; unit: UnitRef; level: string; form: string; period: string; cells: Record<string, Spread> }
export const keyOf = (c: Check) => `${c.form}/${c.period}/${c.unit.code}`;
export const named = (c: Check): ReportKey => ({ form: c.form, period: c.period, unit: c.unit.code, version: c.version });
