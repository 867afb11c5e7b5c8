// SPDX-License-Identifier: Apache-2.0
// A fill's class on the screen and its colour in an export. The colours themselves stand in tokens.css.
import type { State } from '../lib/types';
import type { Fill } from './types';

export const steps = 7;
/// Where step `step` of `of` lies on the scale of seven: five steps take 1, 3, 4, 6 and 7 of them.
export const stepOfSeven = (step: number, of: number) => (of <= 1 ? 3 : Math.round((Math.min(step, of - 1) * (steps - 1)) / (of - 1)));

export function fillClass(fill: Fill): string {
  switch (fill.kind) {
    case 'step': return `seq-${stepOfSeven(fill.step, fill.of) + 1}`;
    case 'diverging': return `div-${Math.max(-4, Math.min(4, fill.step)) + 5}`;
    case 'state': return `is-${fill.state}`;
    default: return fill.kind;
  }
}

const stateTokens: Record<State, string> = {
  late: '--late-bg', returned: '--returned-bg', claimed: '--claimed-bg', due: '--due-bg', done_late: '--done-late-bg',
  excused: '--excused-bg', passed_on: '--excused-bg', evidenced: '--surface', not_due: '--surface',
};
/// The token that fills it, and the pattern over it.
export function tokenOf(fill: Fill): { token: string; hatch: boolean } {
  switch (fill.kind) {
    case 'step': return { token: `--seq-${stepOfSeven(fill.step, fill.of) + 1}`, hatch: false };
    case 'diverging': return { token: `--div-${Math.max(-4, Math.min(4, fill.step)) + 5}`, hatch: false };
    case 'state': return { token: stateTokens[fill.state], hatch: fill.state === 'claimed' };
    case 'missing': return { token: '--sunken', hatch: true };
    case 'none': return { token: '--sunken', hatch: false };
  }
}

/// What a token is on paper, where every theme is light.
export function printed(tokens: readonly string[]): Record<string, string> {
  const probe = document.createElement('span');
  probe.style.colorScheme = 'light';
  document.body.append(probe);
  const colours: Record<string, string> = {};
  for (const token of tokens) {
    probe.style.color = `var(${token})`;
    colours[token] = getComputedStyle(probe).color;
  }
  probe.remove();
  return colours;
}
