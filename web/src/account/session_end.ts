// SPDX-License-Identifier: Apache-2.0
// When to warn that the session ends. The server notes a request every five minutes only, so the end may come that much
// earlier than the last answer says; the warning stands five minutes before the earliest end.
const minute = 60_000;
export const noted_ms = 5 * minute;
export const warned_ms = 5 * minute;

/// Milliseconds until the session may end without another request; never less than 0.
export const left = (now: number, heard: number, idle_s: number) => Math.max(0, heard + idle_s * 1000 - noted_ms - now);

export const isNear = (now: number, heard: number, idle_s: number) => idle_s > 0 && heard > 0 && left(now, heard, idle_s) <= warned_ms;

export const minutes = (ms: number) => Math.ceil(ms / minute);
