// SPDX-License-Identifier: Apache-2.0
// The rules that a data set of units can break, as sentences; a rule without one is shown as the program calls it.
import { t } from './texts';

export const ruleName = (rule: string): string => (`rule.${rule}` in t.all ? t(`rule.${rule}` as 'rule.unreadable') : rule);

/// "cột people_part, cần full, part, none, có ful".
export const factsText = (given: Record<string, string>): string =>
  Object.entries(given).map(([key, value]) => `${`fact.${key}` in t.all ? t(`fact.${key}` as 'fact.column') : key} ${value}`).join(', ');
