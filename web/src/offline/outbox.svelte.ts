// SPDX-License-Identifier: Apache-2.0
// What waits in this browser to be sent, as pages show it.
import type { Outcome } from '../lib/types';
import type { Place, Waiting } from './sending';

export const outbox = $state<{
  items: Waiting[];
  /// Whether drafts and submissions outlive the page here; no offline promise is shown without it.
  lasting: boolean;
  /// Somebody has to sign in before the rest can go.
  signedOut: boolean;
  sending: boolean;
  /// What was taken last, for pages that show it.
  taken: { place: Place; outcome: Outcome } | null;
}>({ items: [], lasting: false, signedOut: false, sending: false, taken: null });
