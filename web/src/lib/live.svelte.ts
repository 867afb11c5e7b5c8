// SPDX-License-Identifier: Apache-2.0
// One stream of changes for the open programme. Pages read `live.sequence` and fetch anew in place.
export const live = $state({ sequence: 0, connected: false });

let source: EventSource | null = null;
let open = '';

export function follow(programme: string) {
  if (programme === open) return;
  source?.close();
  open = programme;
  if (!programme) return;
  source = new EventSource(`/api/v1/programmes/${programme}/events`);
  const take = (event: MessageEvent<string>) => {
    const data = JSON.parse(event.data) as { sequence: number };
    live.sequence = Math.max(live.sequence, data.sequence);
  };
  source.addEventListener('open', () => (live.connected = true));
  source.addEventListener('error', () => (live.connected = false));
  source.addEventListener('hello', take);
  source.addEventListener('change', take);
}
