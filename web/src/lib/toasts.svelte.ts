// SPDX-License-Identifier: Apache-2.0
// Short news of what happened elsewhere or can be undone. Never for errors: those stand where they happened.

export interface Toast { id: number; text: string; undo: { label: string; act: () => void } | undefined }
export const toasts = $state<{ now: Toast[] }>({ now: [] });

const shown_ms = 8000;
let last = 0;
const timers = new Map<number, ReturnType<typeof setTimeout>>();

export function toast(text: string, undo?: { label: string; act: () => void }) {
  last += 1;
  toasts.now.push({ id: last, text, undo });
  if (toasts.now.length > 3) dismiss(toasts.now[0]!.id);
  resume(last);
}

export function dismiss(id: number) {
  pause(id);
  toasts.now = toasts.now.filter((t) => t.id !== id);
}
/// While somebody points at it or is in it, it stays.
export function pause(id: number) {
  clearTimeout(timers.get(id));
  timers.delete(id);
}
export function resume(id: number) {
  pause(id);
  timers.set(id, setTimeout(() => dismiss(id), shown_ms));
}
