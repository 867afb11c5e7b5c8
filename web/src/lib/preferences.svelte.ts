// SPDX-License-Identifier: Apache-2.0
// How this person likes the desk, kept on this machine: theme, density, keys of one letter. Read before the first paint.

export const themes = ['system', 'light', 'dark'] as const;
export const densities = ['comfortable', 'normal', 'compact'] as const;
export type Theme = (typeof themes)[number];
export type Density = (typeof densities)[number];

const kept = (key: string) => {
  try { return globalThis.localStorage?.getItem(key) ?? ''; } catch { return ''; }
};
const keep = (key: string, value: string) => {
  try { localStorage.setItem(key, value); } catch { /* A browser that keeps nothing still shows it until it is closed. */ }
};
const one = <T extends string>(text: string, allowed: readonly T[], otherwise: T): T => (allowed.includes(text as T) ? (text as T) : otherwise);
/// A finger needs more room than a mouse.
const coarse = () => Boolean(globalThis.matchMedia?.('(pointer: coarse)').matches);

export const preferences = $state({
  theme: one<Theme>(kept('theme'), themes, 'system'),
  density: one<Density>(kept('density'), densities, coarse() ? 'comfortable' : 'normal'),
  /// Whether keys of one letter (`/`, `?`, J, K, A, R) do something (WCAG 2.1.4).
  letters: kept('letters') !== 'off',
});

function show() {
  const { dataset } = document.documentElement;
  if (preferences.theme === 'system') delete dataset.theme;
  else dataset.theme = preferences.theme;
  dataset.density = preferences.density;
}
/// What another window of the same browser chooses counts here too.
function followOthers({ key, newValue }: StorageEvent) {
  if (key === 'theme') preferences.theme = one<Theme>(newValue ?? '', themes, 'system');
  if (key === 'density') preferences.density = one<Density>(newValue ?? '', densities, 'normal');
  if (key === 'letters') preferences.letters = newValue !== 'off';
  show();
}
if (globalThis.document) {
  show();
  window.addEventListener('storage', followOthers);
}

export function setTheme(theme: Theme) {
  preferences.theme = theme;
  keep('theme', theme);
  show();
}
export function setDensity(density: Density) {
  preferences.density = density;
  keep('density', density);
  show();
}
export function setLetters(on: boolean) {
  preferences.letters = on;
  keep('letters', on ? 'on' : 'off');
}

/// Whether a key of one letter may act here: they are on, and nobody is writing or in a grid or dialog.
export function letterKey(event: KeyboardEvent): boolean {
  if (!preferences.letters || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return false;
  const at = event.target as HTMLElement;
  return !at.closest('input, select, textarea, [contenteditable], [role="grid"], [role="listbox"], dialog');
}
