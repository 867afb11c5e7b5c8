// SPDX-License-Identifier: Apache-2.0
import { Refusal, postForBytes } from '../lib/api';
import { pieces } from './rows';
import { joined, namesOf } from './zip';

/// How many units one request is for: each takes a moment, and what is done so far can be said.
const at_once = 10;

/// Nothing when it was stopped. Units that are late no more have no letter; a piece without any is left out.
export async function lettersOf(
  programme: string, units: string[], order: { level: string; on: string; kind: string; period: string },
  said: (asked: number) => void, stopped: () => boolean,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; count: number } | undefined> {
  const files: Uint8Array[] = [];
  let asked = 0;
  let none: unknown;
  for (const piece of pieces(units, at_once)) {
    try {
      files.push(await postForBytes(`/programmes/${programme}/letters`, { ...order, units: piece }));
    } catch (e) {
      if (!(e instanceof Refusal) || e.code !== 'not_found') throw e;
      none = e;
    }
    if (stopped()) return undefined;
    asked += piece.length;
    said(asked);
  }
  if (files.length === 0) throw none;
  const bytes = joined(files);
  return { bytes, count: namesOf(bytes).length / 2 };
}
