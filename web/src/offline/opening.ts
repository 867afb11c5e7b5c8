// SPDX-License-Identifier: Apache-2.0
// Which figures a form opens with, and where two of them stand against each other.
import type { Cells, Report } from '../lib/types';
import { differences } from './conflict';
import type { Kept } from './keeping';

/// A side of a conflict: its figures, since when, and whose they are ("" for this device).
export interface Standing { cells: Cells; comments?: Cells; at: string; who: string }
export interface Contest {
  mine: Standing; theirs: Standing;
  /// Another draft of one's own, or a version that was sent.
  with: 'draft' | 'version';
}
export interface Opening {
  cells: Cells; comments: Cells;
  /// Where they come from; what is on this device is said to be there.
  from: 'version' | 'draft' | 'device';
  contest?: Contest;
  /// What is on this device says nothing that the server does not have.
  spent: boolean;
}

const differ = (a: Cells, b: Cells) => differences([...new Set([...Object.keys(a), ...Object.keys(b)])], a, b).length > 0;
function versionOf(report: Report): Standing {
  const newest = report.versions[0];
  return { cells: report.cells, comments: report.comments, at: newest?.at ?? '', who: newest?.actor ?? '' };
}

/// Nothing that anybody typed is passed over: the newer of two drafts is shown only where it was made from the other one.
export function opening(report: Report, kept: Kept | undefined): Opening {
  const { draft, version } = report;
  const sent: Opening = { cells: report.cells, comments: report.comments, from: 'version', spent: true };
  const contest = (mine: Standing): Opening => ({
    cells: mine.cells, comments: mine.comments ?? report.comments, from: kept ? 'device' : 'draft', spent: false,
    contest: { mine, theirs: versionOf(report), with: 'version' },
  });
  if (kept) {
    const mine: Standing = { cells: kept.cells, comments: kept.comments, at: kept.at, who: '' };
    if (kept.basedOn !== version) return differ(kept.cells, report.cells) ? contest(mine) : sent;
    const device: Opening = { cells: kept.cells, comments: { ...report.comments, ...kept.comments }, from: 'device', spent: false };
    if (!draft || draft.based_on !== version || draft.at === kept.seen || !differ(kept.cells, draft.cells)) return device;
    if (kept.tried && !differ(kept.tried, draft.cells)) return device;
    return { ...device, contest: { mine, theirs: { cells: draft.cells, at: draft.at, who: '' }, with: 'draft' } };
  }
  if (!draft) return sent;
  if (draft.based_on === version) return { cells: draft.cells, comments: report.comments, from: 'draft', spent: true };
  return differ(draft.cells, report.cells) ? contest({ cells: draft.cells, at: draft.at, who: '' }) : sent;
}
